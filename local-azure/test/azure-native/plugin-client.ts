import * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Provider } from "../../src/azure-native/provider";
import { startServer } from "../../src/azure-native/server";
import { defaultTransport } from "../../src/azure-native/transport";
import type { Properties } from "../../src/azure-native/values";
import { CLIENT, SUBSCRIPTION, TENANT, type ArmStub } from "./arm-stub";

export const urnOf = (type: string, name = "thing") => `urn:pulumi:dev::project::azure-native:${type}::${name}`;

/** The provider behind its gRPC server, called as the engine calls it. */
export interface PluginClient {
  infos: string[];
  warnings: string[];
  /** Milliseconds that were waited for; nothing really waits. */
  waits: number[];
  configure(config?: Record<string, string>): Promise<messages.ConfigureResponse>;
  check(urn: string, olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: string[] }>;
  diff(
    urn: string,
    oldInputs: Properties,
    news: Properties,
    olds?: Properties,
  ): Promise<messages.DiffResponse.AsObject>;
  create(urn: string, inputs: Properties, preview?: boolean): Promise<{ id: string; outputs: Properties }>;
  update(urn: string, id: string, olds: Properties, news: Properties, preview?: boolean): Promise<Properties>;
  read(
    urn: string,
    id: string,
    inputs: Properties,
    outputs: Properties,
  ): Promise<{ id: string; inputs: Properties; outputs: Properties }>;
  delete(urn: string, id: string): Promise<void>;
  invoke(token: string, args: Properties): Promise<Properties>;
  raw: ResourceProviderClient;
  close(): void;
}

export async function startPlugin(
  stub: Pick<ArmStub, "origin" | "caFile">,
  environment: Record<string, string> = {},
): Promise<PluginClient> {
  const [infos, warnings, waits] = [[], [], []] as [string[], string[], number[]];
  const provider = new Provider({
    environment,
    transport: defaultTransport({ SSL_CERT_FILE: stub.caFile }),
    log: { info: (message) => infos.push(message), warn: (message) => warnings.push(message) },
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  const { port, server } = await startServer(provider);
  const raw = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const defaults = {
    metadataHost: stub.origin.replace("https://", ""),
    disableInstanceDiscovery: "true",
    subscriptionId: SUBSCRIPTION,
    tenantId: TENANT,
    clientId: CLIENT,
    clientSecret: "right",
  };
  return {
    infos,
    warnings,
    waits,
    raw,
    configure: (config = defaults) => {
      const request = new messages.ConfigureRequest();
      for (const [name, value] of Object.entries(config))
        request.getVariablesMap().set(`azure-native:config:${name}`, value);
      return call((done) => raw.configure(request, done));
    },
    check: async (urn, olds, news) => {
      const request = new messages.CheckRequest().setUrn(urn).setOlds(struct(olds)).setNews(struct(news));
      const response = await call<messages.CheckResponse>((done) => raw.check(request, done));
      return {
        inputs: values(response.getInputs()),
        failures: response.getFailuresList().map((failure) => failure.getReason()),
      };
    },
    diff: async (urn, oldInputs, news, olds = {}) => {
      const request = new messages.DiffRequest().setUrn(urn).setOldInputs(struct(oldInputs)).setNews(struct(news));
      return (await call<messages.DiffResponse>((done) => raw.diff(request.setOlds(struct(olds)), done))).toObject();
    },
    create: async (urn, inputs, preview = false) => {
      const request = new messages.CreateRequest().setUrn(urn).setProperties(struct(inputs)).setPreview(preview);
      const response = await call<messages.CreateResponse>((done) => raw.create(request, done));
      return { id: response.getId(), outputs: values(response.getProperties()) };
    },
    update: async (urn, id, olds, news, preview = false) => {
      const request = new messages.UpdateRequest().setUrn(urn).setId(id).setOlds(struct(olds)).setNews(struct(news));
      const response = await call<messages.UpdateResponse>((done) => raw.update(request.setPreview(preview), done));
      return values(response.getProperties());
    },
    read: async (urn, id, inputs, outputs) => {
      const request = new messages.ReadRequest()
        .setUrn(urn)
        .setId(id)
        .setInputs(struct(inputs))
        .setProperties(struct(outputs));
      const response = await call<messages.ReadResponse>((done) => raw.read(request, done));
      return { id: response.getId(), inputs: values(response.getInputs()), outputs: values(response.getProperties()) };
    },
    delete: async (urn, id) => {
      await call((done) => raw.delete(new messages.DeleteRequest().setUrn(urn).setId(id), done));
    },
    invoke: async (token, args) => {
      const request = new messages.InvokeRequest().setTok(token).setArgs(struct(args));
      return values((await call<messages.InvokeResponse>((done) => raw.invoke(request, done))).getReturn());
    },
    close: () => {
      raw.close();
      server.forceShutdown();
    },
  };
}

/** The resource that a failed create or update reports along with its error. */
export function initFailure(
  error: unknown,
): { id: string; outputs: Properties; inputs: Properties; reasons: string[] } | undefined {
  const [bytes] = (error as grpc.ServiceError).metadata.get("grpc-status-details-bin");
  if (!bytes) return undefined;
  const [detail] = Status.deserializeBinary(bytes as Buffer).getDetailsList();
  const failed = detail!.unpack(
    (data) => messages.ErrorResourceInitFailed.deserializeBinary(data),
    "pulumirpc.ErrorResourceInitFailed",
  )!;
  return {
    id: failed.getId(),
    outputs: values(failed.getProperties()),
    inputs: values(failed.getInputs()),
    reasons: failed.getReasonsList(),
  };
}

function call<Response>(
  start: (done: (error: grpc.ServiceError | null, response: Response) => void) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => start((error, response) => (error ? reject(error) : resolve(response))));
}

const struct = (properties: Properties): Struct => Struct.fromJavaScript(properties);
const values = (message: Struct | undefined): Properties => message?.toJavaScript() ?? {};
