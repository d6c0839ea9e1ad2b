import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { WorkloadIdentityCredential } from "@azure/identity";
import { ADMIN_HEADER } from "local-azure/admin/admin-header";
import { rehearsalInfo } from "local-azure/admin/rehearsal-info";
import { Azure } from "../../../azure-openai/azure";
import type { Clock } from "../../../azure-openai/clock";
import { outboundClient } from "../../../azure-openai/outbound/http-client";
import { withLastingSignIn } from "../../../commands/ci/lasting-sign-in";
import type { Schedule } from "../../../commands/ci/schedule";
import { azureSettings } from "../../../stack/azure-settings";
import { issueOidcToken } from "../../../local-azure/src/sign-in/oidc-issuer";
import type { LoggedRequest } from "local-azure/admin/request-log";
import { chatRows, rehearse, submitJob, upload, type Rehearsal } from "../../support/rehearsal";

/**
 * What `npm run ci:up` hands to pulumi, over a job of ten hours with access tokens of one: the real clients of the handlers and of @azure/identity, over TLS,
 * while service, machine and timers have one clock. The handler's own wait through expired tokens is in trained-model/handler.test.ts.
 */
jest.setTimeout(60_000);
const HOUR = 3_600_000;
const AUDIENCE = "api://AzureADTokenExchange";
let rehearsal: Rehearsal;
let timers: { at: number; run: () => Promise<void> }[];

beforeEach(async () => {
  timers = [];
  rehearsal = await rehearse({ settings: { trainingSeconds: 36_000, tokenSeconds: 3_600 } });
  // The libraries read the machine's clock themselves; its timers are left alone.
  jest.useFakeTimers({ doNotFake: machineTimers, now: rehearsal.clock.now() });
  const { state } = rehearsal.service.world;
  const ofHandlers = state.roleAssignments.filter(({ principalId }) => principalId === rehearsal.client.objectId);
  for (const role of ofHandlers)
    state.roleAssignments.push({ ...role, principalId: rehearsal.service.deployer.objectId });
});
afterEach(async () => {
  jest.useRealTimers();
  await rehearsal.close();
});
const machineTimers = [
  ...(["hrtime", "nextTick", "queueMicrotask", "setImmediate", "clearImmediate"] as const),
  ...(["setInterval", "clearInterval", "setTimeout", "clearTimeout"] as const),
];

/** Timers of the service's clock. */
const schedule: Schedule = (milliseconds, run) => {
  const timer = { at: rehearsal.clock.now() + milliseconds, run };
  timers.push(timer);
  return () => void timers.splice(timers.indexOf(timer), 1);
};

/** Lets time pass, and what is due in it happen in its order. */
async function pass(milliseconds: number): Promise<void> {
  const end = rehearsal.clock.now() + milliseconds;
  for (;;) {
    const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
    const step = (next?.at ?? end) - rehearsal.clock.now();
    rehearsal.service.advance(step);
    jest.advanceTimersByTime(step);
    if (!next) return;
    timers.splice(timers.indexOf(next), 1);
    await next.run();
  }
}

const cloud = () => ({
  ARM_METADATA_HOSTNAME: rehearsal.service.world.origin,
  ARM_DISABLE_INSTANCE_DISCOVERY: "true",
  ARM_TENANT_ID: rehearsal.service.tenantId,
});
const deployerId = () => rehearsal.service.deployer.clientId;
const info = () => rehearsalInfo(rehearsal.service.world);

/** A token of the service's OIDC issuer, as a CI system's own file or variable holds it. */
const federatedToken = (seconds: number) => issueOidcToken(rehearsal.service.world, AUDIENCE, seconds);

/** How often sign-in, Resource Manager or data plane refused a token. */
async function refusals(): Promise<number> {
  const { endpoint, adminToken } = info();
  const answer = await fetch(`${endpoint}/local-azure/requests`, { headers: { [ADMIN_HEADER]: adminToken } });
  const { requests } = (await answer.json()) as { requests: LoggedRequest[] };
  expect(requests.length).toBeGreaterThan(100);
  return requests.filter(({ status }) => status === 400 || status === 401).length;
}

const signIns: Record<string, { env: () => NodeJS.ProcessEnv; storage: boolean }> = {
  GitHub: {
    storage: true,
    env: () => ({
      ...{ ARM_USE_OIDC: "true", ARM_CLIENT_ID: deployerId() },
      ACTIONS_ID_TOKEN_REQUEST_URL: info().oidcRequestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: info().oidcRequestToken,
    }),
  },
  "Azure Pipelines": {
    storage: true,
    env: () => ({
      ARM_USE_OIDC: "true",
      SYSTEM_OIDCREQUESTURI: info().pipelinesRequestUri,
      SYSTEM_ACCESSTOKEN: info().oidcRequestToken,
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: "6f1a2b3c-0000-4000-8000-000000000000",
      AZURESUBSCRIPTION_CLIENT_ID: deployerId(),
      AZURESUBSCRIPTION_TENANT_ID: rehearsal.service.tenantId,
    }),
  },
  // Its one token is valid as long as the job may take: here 12 hours.
  GitLab: {
    storage: true,
    env: () => ({
      ...{ ARM_USE_OIDC: "true", ARM_CLIENT_ID: deployerId() },
      ARM_OIDC_TOKEN: federatedToken(12 * 3600),
    }),
  },
  "a file that something else renews every five minutes": {
    storage: true,
    env: () => {
      const file = path.join(rehearsal.folder, "federated-token");
      const renew = () => {
        writeFileSync(file, federatedToken(600));
        schedule(300_000, renew);
        return Promise.resolve();
      };
      void renew();
      return { ARM_USE_OIDC: "true", ARM_CLIENT_ID: deployerId(), ARM_OIDC_TOKEN_FILE_PATH: file };
    },
  },
  "a client secret": {
    storage: false,
    env: () => ({ ARM_CLIENT_ID: deployerId(), ARM_CLIENT_SECRET: rehearsal.service.deployer.clientSecret }),
  },
  "a managed identity": {
    storage: false,
    env: () => ({ ARM_USE_MSI: "true" }),
  },
};

describe("a wait of ten hours with tokens of one hour", () => {
  const machine = { ...process.env };
  beforeEach(() => {
    process.env.IDENTITY_ENDPOINT = info().identityEndpoint;
    process.env.IDENTITY_HEADER = info().identityHeader;
  });
  afterEach(() => {
    process.env = { ...machine };
  });

  it.each(Object.entries(signIns))("signed in by %s", async (_, { env, storage }) => {
    const { warnings, tokens } = await wait({ ...cloud(), ...env() }, storage);
    expect(warnings).toEqual([]);
    // None was used after its end: nothing was refused, here or at the token endpoint.
    expect(await refusals()).toBe(0);
    expect(new Set(tokens).size).toBe(storage ? 10 + 1 : 0);
    expect(timers.length).toBeLessThanOrEqual(1);
  });

  it("ends where a token of ten minutes has no second, and says why", async () => {
    const env = { ARM_USE_OIDC: "true", ARM_CLIENT_ID: deployerId(), ARM_OIDC_TOKEN: federatedToken(600) };
    await expect(wait({ ...cloud(), ...env }, false)).rejects.toThrow(
      "the federated token is not valid at the moment (AADSTS700024)",
    );
  });
});

/** Looks at job and account every ten minutes until the job has succeeded, after ten hours. */
async function wait(env: NodeJS.ProcessEnv, storage: boolean): Promise<{ warnings: string[]; tokens: string[] }> {
  const { service, clock, account, accountId } = rehearsal;
  const { fileId } = upload(rehearsal, "training.jsonl", chatRows(20));
  const jobId = await submitJob(rehearsal, fileId);
  const [warnings, tokens]: [string[], string[]] = [[], []];
  const begun = clock.now();
  const use = async (lasting: NodeJS.ProcessEnv) => {
    const azure = await Azure.connect(azureSettings({}, lasting), { clock: patient(clock), destroying: () => false });
    const jobs = (await azure.dataPlane(accountId)).jobs;
    const stateStorage = storage ? storageOf(lasting) : undefined;
    for (let status = ""; status !== "succeeded";) {
      expect(clock.now() - begun).toBeLessThan(11 * HOUR);
      await pass(10 * 60_000);
      ({ status } = await jobs.get(jobId));
      await azure.accounts(service.subscriptionId).get(account.resourceGroup, account.name);
      if (stateStorage) tokens.push((await stateStorage.getToken(`${service.world.origin}/.default`)).token);
    }
  };
  await withLastingSignIn(env, use, { schedule, warn: (line) => warnings.push(line) });
  expect(clock.now() - begun).toBeGreaterThanOrEqual(10 * HOUR);
  return { warnings, tokens };
}

/** As Pulumi's own connection to the state signs in: by WorkloadIdentityCredential, here that of @azure/identity. */
function storageOf(env: NodeJS.ProcessEnv): WorkloadIdentityCredential {
  return new WorkloadIdentityCredential({
    ...{ authorityHost: rehearsal.service.world.origin, disableInstanceDiscovery: true },
    ...{ clientId: env.AZURE_CLIENT_ID, tenantId: env.AZURE_TENANT_ID, tokenFilePath: env.AZURE_FEDERATED_TOKEN_FILE },
    ...{ httpClient: outboundClient(), retryOptions: { maxRetries: 0 } },
  });
}

/** A client that waits before it tries again moves the one clock, too. */
const patient = (clock: Clock): Clock => ({ ...clock, sleep: pass });
