import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo, type Server } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, expect, it, jest } from "@jest/globals";
import * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as pulumi from "@pulumi/pulumi";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConfigureRequest, CreateRequest, type CreateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { fineTuningJobHandler } from "../../../dynamic-providers/fine-tuning-job/handler";
import type { FineTuningJobInputs } from "../../../dynamic-providers/fine-tuning-job/schema";
import { lateBound } from "../../../dynamic-providers/runtime/late-bound";
import { chatRows, rehearse, upload, type Rehearsal } from "../../support/rehearsal";

// Pulumi's own provider processes, as the engine starts and calls them, on the machine's clock.

jest.setTimeout(60_000);

const project = path.join(__dirname, "../../..");
let rehearsal: Rehearsal;
let engine: Server;
let processes: ChildProcess[];
beforeEach(async () => {
  // An hour in the queue: no job is paid for while the test runs.
  rehearsal = await rehearse({ settings: { trainingSeconds: 3_600 } });
  processes = [];
  engine = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  for (const process of processes) process.kill("SIGKILL");
  engine.close();
  await rehearsal.close();
});

async function inputs(): Promise<FineTuningJobInputs> {
  const { fileId, sha256 } = upload(rehearsal, "training.jsonl", chatRows(12));
  const args = {
    accountId: rehearsal.accountId,
    location: rehearsal.location,
    model: "gpt-4o-mini-2024-07-18",
    method: "supervised",
    trainingType: "Standard",
    trainingFileId: fileId,
    trainingSha256: sha256,
    project: "finetune",
    stack: "test",
    logicalName: "job",
  } as FineTuningJobInputs;
  return (await fineTuningJobHandler(rehearsal.newProcess()).check(args, args)).inputs;
}

/** A provider process, ready to be called. */
async function start(): Promise<{ client: ResourceProviderClient; ended: Promise<number | null> }> {
  const { service, client } = rehearsal;
  const address = `127.0.0.1:${(engine.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [require.resolve("@pulumi/pulumi/cmd/dynamic-provider"), address], {
    cwd: project,
    env: {
      PATH: process.env["PATH"],
      NODE_EXTRA_CA_CERTS: service.caFile,
      ARM_METADATA_HOSTNAME: service.world.origin,
      ARM_DISABLE_INSTANCE_DISCOVERY: "true",
      ARM_TENANT_ID: service.tenantId,
      ARM_CLIENT_ID: client.clientId,
      ARM_CLIENT_SECRET: client.clientSecret,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  processes.push(child);
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const port = await new Promise<string>((resolve) => {
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(text.trim()));
  });
  const provider = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  await answer((done) => provider.configure(new ConfigureRequest().setArgs(new Struct()), done));
  return { client: provider, ended };
}

async function create(provider: ResourceProviderClient, job: FineTuningJobInputs): Promise<string> {
  const late = lateBound("dynamic-providers/fine-tuning-job/handler.ts");
  const options = { allowSecrets: true } as pulumi.runtime.SerializeFunctionArgs;
  const { text } = await pulumi.runtime.serializeFunction(() => late, options);
  const properties = Struct.fromJavaScript(JSON.parse(JSON.stringify({ ...job, __provider: text })) as never);
  const request = new CreateRequest().setProperties(properties);
  return (await answer<CreateResponse>((done) => provider.create(request, done))).getId();
}

function answer<Response>(
  call: (done: (error: grpc.ServiceError | null, response: Response) => void) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => call((error, response) => (error ? reject(error) : resolve(response))));
}

const jobs = () => rehearsal.account.dataPlane.jobs;

it("two that submit at once return one id, and one job is left", async () => {
  const job = await inputs();
  const [one, other] = [await start(), await start()];
  const ids = await Promise.all([create(one.client, job), create(other.client, job)]);
  expect(ids[0]).toBe(ids[1]);
  expect(jobs().filter(({ cancelledAt }) => cancelledAt === undefined)).toMatchObject([{ id: ids[0] }]);
});

it("one whose engine is killed while it looks for an earlier job ends, and submits nothing", async () => {
  const job = await inputs();
  const provider = await start();
  rehearsal.proxy.fault = ({ method, path }) => {
    if (method === "GET" && /\/fine_tuning\/jobs\?/.test(path)) engine.close();
    return undefined;
  };
  const created = create(provider.client, job).catch(() => "none");
  expect(await provider.ended).toBe(1);
  expect(await created).toBe("none");
  expect(rehearsal.account.dataPlane.jobsEverCreated).toBe(0);
});
