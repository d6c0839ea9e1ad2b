import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** An engine on this machine takes a line within milliseconds; one that doesn't is stopping. */
const TAKES_AT_MOST_MS = 5_000;

/** Takes one line; rejects when it can't. */
export type SendLine = (line: string) => Promise<void>;

/**
 * The engine's log, for lines that count only until the next one comes. What a provider writes to its stdout, Pulumi shows twice: while it
 * runs, and again in the list of messages at the end. A status is shown while it runs, and is in no list.
 */
export class EngineLog {
  private last: Promise<void> = Promise.resolve();
  private newest: string | undefined;

  /** @param otherwise - gets what the engine doesn't take, so that no line is lost */
  constructor(
    private readonly send: SendLine,
    private readonly otherwise: (line: string) => void,
  ) {}

  /** Sends after all lines before it. What the newest one says already is not said again: two files wait for the same roles. */
  status(line: string): void {
    if (line === this.newest) return;
    this.newest = line;
    this.last = this.last.then(() => this.send(line)).catch(() => this.otherwise(line));
  }

  /** Resolves when every line so far has been taken: one that comes after its resource's answer may be lost. */
  flush(): Promise<void> {
    return this.last;
  }
}

/** @param address - the engine's, as `engineAlive` takes it */
export function sendToEngine(address: string | undefined): SendLine {
  // Not started by an engine (a test, a tool).
  if (!address || !/:\d+$/.test(address)) return () => Promise.reject(new Error("There is no engine."));
  let client: EngineClient | undefined;
  return (line) =>
    new Promise((resolve, reject) => {
      client ??= new EngineClient(address, credentials.createInsecure());
      const request = new LogRequest();
      request.setSeverity(LogSeverity.INFO);
      request.setMessage(line);
      request.setEphemeral(true);
      client.log(request, new Metadata(), { deadline: Date.now() + TAKES_AT_MOST_MS }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
}

/** The log of the engine that started this process. */
export const engineLog = new EngineLog(sendToEngine(process.argv[2]), (line) => process.stdout.write(`${line}\n`));
