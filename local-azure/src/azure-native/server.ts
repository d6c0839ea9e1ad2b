import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Provider } from "./provider";
import { providerService } from "./provider-service";

/** What Pulumi's own plugins allow for one message; gRPC's default of 4 MB is too little for large inputs. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** A gRPC server on a free port of 127.0.0.1 that answers Pulumi's engine. */
export async function startServer(provider: Provider): Promise<{ port: number; server: grpc.Server }> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
  server.addService(ResourceProviderService, providerService(provider));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, server };
}
