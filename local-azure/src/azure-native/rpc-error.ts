import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { messageOf } from "./engine-call";
import { PartialFailure } from "./partial-failure";

/** An error as the engine shows it: its message, no stack. A partial failure carries the resource along. */
export function rpcError(error: unknown): Partial<grpc.StatusObject> {
  const message = messageOf(error);
  const metadata = new grpc.Metadata();
  if (error instanceof PartialFailure) {
    // `grpc-status-details-bin` is where Go's gRPC looks for structured details.
    metadata.add("grpc-status-details-bin", Buffer.from(statusWith(initFailed(error), message).serializeBinary()));
  }
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}

function initFailed(failure: PartialFailure): ErrorResourceInitFailed {
  const detail = new ErrorResourceInitFailed();
  detail.setId(failure.id);
  detail.setProperties(Struct.fromJavaScript(failure.outputs));
  detail.setInputs(Struct.fromJavaScript(failure.inputs));
  detail.setReasonsList([failure.message]);
  return detail;
}

function statusWith(detail: ErrorResourceInitFailed, message: string): Status {
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(packed);
  return status;
}
