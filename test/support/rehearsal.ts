import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createHash, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { Azure } from "../../azure-openai/azure";
import type { Clock } from "../../azure-openai/clock";
import { readSettings, type AzureSettings } from "../../azure-openai/settings";
import type { Context } from "../../dynamic-providers/runtime/context";
import { Register } from "../../dynamic-providers/runtime/register";
import { RunPlan } from "../../dynamic-providers/runtime/run-plan";
import { LiveIds } from "../../dynamic-providers/runtime/live-ids";
import { Verdicts } from "../../dynamic-providers/runtime/verdicts";
import type { AccountRecord, ClientRecord } from "local-azure/world/state";
import { startForTest, type TestOptions, type TestService } from "local-azure/testing";
import { cognitiveServices } from "../../local-azure/test/clients";
import { FaultProxy } from "./fault-proxy";
import { trustAuthority } from "./trust";
import { noBlobs } from "./no-blobs";

/** Roles that the handlers need (azure-facts: Cognitive Services OpenAI Contributor, Cognitive Services Contributor). */
const OPENAI_CONTRIBUTOR = "a001fd3d-188f-4b5d-821b-7da978bf7442";
const CONTRIBUTOR = "25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68";

/** A provider process against a rehearsal service in this process: the real clients over TLS, the service's clock. */
export interface Rehearsal {
  service: TestService;
  /** Between the handlers and the service. */
  proxy: FaultProxy;
  account: AccountRecord;
  accountId: string;
  location: string;
  /** Signs in for the handlers. */
  client: ClientRecord;
  clock: Clock;
  /** What the handlers printed. */
  lines: string[];
  folder: string;
  /** A process of its own: new memory, same identity. */
  newProcess(options?: { client?: ClientRecord; stopIfOrphaned?: () => Promise<void> }): Context;
  /** A JSONL file in the rehearsal's folder. */
  file(name: string, text: string): { path: string; sha256: string; bytes: number };
  /** Gives the data-plane role to `client`; it takes effect after `seconds` on the service's clock. */
  assignLater(client: ClientRecord, seconds: number): void;
  /** What `destroy` of the account does: from now on it is soft-deleted. */
  deleteAccount(): Promise<void>;
  close(): Promise<void>;
}

export async function rehearse(options: TestOptions = {}): Promise<Rehearsal> {
  const service = await startForTest(options);
  trustAuthority(service.caPem);
  const proxy = await FaultProxy.before(service);
  const account = service.addAccount("Tuning");
  const client = service.addClient({ displayName: "handlers", roles: [OPENAI_CONTRIBUTOR, CONTRIBUTOR] });
  const clock = clockOf(service);
  const lines: string[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), "rehearsal-"));
  return {
    service,
    proxy,
    account,
    accountId: account.id,
    location: account.location,
    client,
    clock,
    lines,
    folder,
    newProcess: (own = {}) => {
      const settings = settingsOf(service, own.client ?? client);
      let azure: Promise<Azure> | undefined;
      return {
        clock,
        print: (line) => void lines.push(line),
        status: (line) => void lines.push(line),
        liveIds: new LiveIds(),
        plan: new RunPlan((line) => void lines.push(line)),
        blobs: noBlobs,
        verdicts: new Verdicts(),
        ownDeployments: new Set(),
        register: new Register(),
        leftBehind: [],
        kept: [],
        stopIfOrphaned: own.stopIfOrphaned ?? (() => Promise.resolve()),
        configure: () => undefined,
        azure: () => (azure ??= Azure.connect(settings, { clock, destroying: () => false })),
      };
    },
    file: (name, text) => {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return { path: file, sha256: createHash("sha256").update(text).digest("hex"), bytes: Buffer.byteLength(text) };
    },
    assignLater: (late, seconds) => {
      const role = service.world.state.roleAssignments.find(({ principalId }) => principalId === client.objectId)!;
      const createdAt = clock.now() + seconds * 1000 - service.world.settings.rbacLagSeconds * 1000;
      service.world.state.roleAssignments.push({ ...role, principalId: late.objectId, createdAt });
    },
    deleteAccount: async () => {
      await cognitiveServices({ ...service, origin: proxy.origin }).accounts.beginDeleteAndWait(
        account.resourceGroup,
        account.name,
        {
          updateIntervalInMs: 1,
        },
      );
    },
    close: async () => {
      await proxy.close();
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sleeping moves the service's clock, so that hours pass in milliseconds. */
export function clockOf(service: TestService): Clock {
  return {
    now: () => service.world.clock.now(),
    sleep: async (milliseconds) => {
      service.advance(milliseconds);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** The settings of a client secret, as `azure-native:*` configuration gives them. */
export function settingsOf(
  service: TestService,
  client: ClientRecord,
  more: Record<string, string> = {},
): AzureSettings {
  const config: Record<string, string> = {
    // Where the service says that it is: a test may have put a proxy before it.
    metadataHost: service.world.origin,
    disableInstanceDiscovery: "true",
    tenantId: service.tenantId,
    subscriptionId: service.subscriptionId,
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    ...more,
  };
  return readSettings({ get: (key) => config[key.replace("azure-native:", "")] }, {});
}

/** Rows of a valid training file, each with the given answer. */
export function chatRows(count: number, answer = (row: number) => `Answer ${row}.`): string {
  return Array.from({ length: count }, (_, row) =>
    JSON.stringify({
      messages: [
        { role: "system", content: "The system is an AI teacher that helps people learn about AI" },
        { role: "user", content: `Question ${row} about learning machines?` },
        { role: "assistant", content: answer(row) },
      ],
    }),
  )
    .map((line) => `${line}\n`)
    .join("");
}

/** A deployment as Resource Manager would make it: there at once, answering after the warm-up. */
export function deploy(rehearsal: Rehearsal, name: string, model: string, format = "OpenAI"): void {
  const { world } = rehearsal.service;
  const now = world.clock.now();
  rehearsal.account.deployments.push({
    name,
    fineTuned: true,
    quota: "test",
    createdBy: "test",
    updatedBy: "test",
    sku: { name: "Standard", capacity: 1 },
    model: { format, name: model, version: "1" },
    properties: {},
    createdAt: now,
    updatedAt: now,
    readyAt: now,
    servingAt: now + world.settings.deploymentWarmupSeconds * 1000,
    lastUsedAt: now,
  });
}

/** A processed training file, put there behind the client's back. @param kind - what its rows are */
export function upload(
  rehearsal: Rehearsal,
  filename: string,
  text: string,
  kind: "chat" | "prompt" = "chat",
): { fileId: string; sha256: string } {
  const { world } = rehearsal.service;
  const id = `file-${randomUUID().replaceAll("-", "")}`;
  const { sha256, bytes } = rehearsal.file(filename, text);
  writeFileSync(path.join(world.blobFolder, id), text);
  const now = world.clock.now();
  const rows = { chat: 0, preference: 0, prompt: 0, [kind]: text.split("\n").length - 1 };
  rehearsal.account.dataPlane.files.push({
    ...{ id, filename, purpose: "fine-tune", bytes, rows },
    createdAt: now,
    processedAt: now,
  });
  return { fileId: id, sha256 };
}

/** Submits a job of three epochs behind the handlers' back; returns its id. */
export async function submitJob(rehearsal: Rehearsal, trainingFile: string, validationFile?: string): Promise<string> {
  const dataPlane = await (await rehearsal.newProcess().azure()).dataPlane(rehearsal.accountId);
  const request = {
    model: "gpt-4o-mini-2024-07-18",
    training_file: trainingFile,
    validation_file: validationFile,
    suffix: "test",
  };
  return (await dataPlane.jobs.create(request)).id;
}
