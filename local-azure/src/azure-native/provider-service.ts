import type * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { diffResponse } from "./diff-response";
import type { Provider } from "./provider";
import { schemaJson } from "./schema";
import { properties, struct, unary } from "./unary-call";
import { version } from "./version";

/** Pulumi's ResourceProvider service: messages to calls of the provider and back. What is not here is "unimplemented". */
export function providerService(provider: Provider): grpc.UntypedServiceImplementation {
  return {
    handshake: unary(() => {
      const response = new messages.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),
    attach: unary(() => new Empty()),
    // azure-native lets running operations finish: an interrupted create would leave its resource behind.
    cancel: unary(() => new Empty()),
    getPluginInfo: unary(() => {
      const info = new PluginInfo();
      info.setVersion(version());
      return info;
    }),
    getSchema: unary(() => {
      const response = new messages.GetSchemaResponse();
      response.setSchema(schemaJson());
      return response;
    }),
    checkConfig: unary((request: messages.CheckRequest) => {
      const response = new messages.CheckResponse();
      response.setInputs(request.getNews());
      return response;
    }),
    diffConfig: unary(() => new messages.DiffResponse()),
    configure: unary(async (request: messages.ConfigureRequest) => {
      await provider.configure(new Map(request.getVariablesMap().toArray()));
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),
    invoke: unary(async (request: messages.InvokeRequest) => {
      const response = new messages.InvokeResponse();
      response.setReturn(struct(await provider.invoke(request.getTok(), properties(request.getArgs()))));
      return response;
    }),
    check: unary(async (request: messages.CheckRequest) => {
      const { inputs, failures } = await provider.check(
        request.getUrn(),
        properties(request.getOlds()),
        properties(request.getNews()),
      );
      const response = new messages.CheckResponse();
      response.setInputs(struct(inputs));
      for (const reason of failures) {
        const failure = new messages.CheckFailure();
        failure.setReason(reason);
        response.addFailures(failure);
      }
      return response;
    }),
    diff: unary((request: messages.DiffRequest) =>
      diffResponse(
        provider.diff(
          request.getUrn(),
          properties(request.getOldInputs()),
          properties(request.getNews()),
          properties(request.getOlds()),
        ),
      ),
    ),
    create: unary(async (request: messages.CreateRequest) => {
      const inputs = properties(request.getProperties());
      const response = new messages.CreateResponse();
      if (request.getPreview()) {
        response.setProperties(struct(provider.preview(request.getUrn(), inputs, {})));
        return response;
      }
      const { id, outputs } = await provider.create(request.getUrn(), inputs, request.getTimeout());
      response.setId(id);
      response.setProperties(struct(outputs));
      return response;
    }),
    read: unary(async (request: messages.ReadRequest) => {
      const stored = { inputs: properties(request.getInputs()), outputs: properties(request.getProperties()) };
      const found = await provider.read(request.getUrn(), request.getId(), stored);
      const response = new messages.ReadResponse();
      if (!found) return response;
      response.setId(request.getId());
      response.setProperties(struct(found.outputs));
      response.setInputs(struct(found.inputs));
      return response;
    }),
    update: unary(async (request: messages.UpdateRequest) => {
      const inputs = properties(request.getNews());
      const outputs = request.getPreview()
        ? provider.preview(request.getUrn(), inputs, properties(request.getOlds()))
        : await provider.update(request.getUrn(), request.getId(), inputs, request.getTimeout());
      const response = new messages.UpdateResponse();
      response.setProperties(struct(outputs));
      return response;
    }),
    delete: unary(async (request: messages.DeleteRequest) => {
      await provider.delete(request.getUrn(), request.getId(), request.getTimeout());
      return new Empty();
    }),
  };
}
