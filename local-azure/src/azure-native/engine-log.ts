import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Writes to the CLI's display. */
export interface EngineLog {
  info(message: string): void;
  /** @param urn - of the resource on whose line it shows; "" for the stack's */
  warn(message: string, urn: string): void;
}

/**
 * @param address - of the engine, `host:port`
 * @param once - whether the CLI is to leave notes out of its list of messages at the end, in which it repeats them. Default false.
 */
export function engineLog(address: string, once = false): EngineLog {
  const engine = new EngineClient(address, grpc.credentials.createInsecure());
  const send = (severity: LogSeverity, message: string, urn: string) => {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(once && severity === LogSeverity.INFO);
    // A line that could not be shown is no reason to fail an operation.
    engine.log(request, () => undefined);
  };
  return {
    info: (message) => send(LogSeverity.INFO, message, ""),
    warn: (message, urn) => send(LogSeverity.WARNING, message, urn),
  };
}
