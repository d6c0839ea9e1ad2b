import type * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { rpcError } from "./rpc-error";
import type { Properties } from "./values";

/** Turns a function of the request into a gRPC handler; what it throws becomes the call's error. */
export function unary<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
  return (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>): void => {
    Promise.resolve()
      .then(() => answer(call.request))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(rpcError(error)),
      );
  };
}

export function properties(message: Struct | undefined): Properties {
  return message?.toJavaScript() ?? {};
}

export function struct(values: Properties): Struct {
  return Struct.fromJavaScript(values);
}
