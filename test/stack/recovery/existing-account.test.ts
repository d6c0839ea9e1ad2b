import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { temporaryName } from "../../../dynamic-providers/evaluation/temporary-name";
import { fineTuningJobHandler } from "../../../dynamic-providers/fine-tuning-job/handler";
import type { FineTuningJobArgs, FineTuningJobInputs } from "../../../dynamic-providers/fine-tuning-job/schema";
import { EXISTING_ACCOUNT_TYPE, finetuneType } from "../../../dynamic-providers/runtime/resource-types";
import { sharedDeploymentHandler } from "../../../dynamic-providers/shared-deployment/handler";
import type { SharedDeploymentInputs } from "../../../dynamic-providers/shared-deployment/schema";
import { OWNER_TAG } from "../../../dynamic-providers/shared-deployment/ownership";
import { recoverStack } from "../../../stack/recovery/recover-stack";
import type { PendingOperation, StackExport, StackResource } from "../../../stack/stack-state";
import type { Target } from "../../../stack/target";
import { chatRows, deploy, rehearse, submitJob, upload, type Rehearsal } from "../../support/rehearsal";

// An `up` of a stack on an account of others dies: `npm run recover` with its own scripts and clients, around a state that pulumi would hold;
// then what the next `up` and a destroy do. Each test continues where the one before ended.

jest.setTimeout(30_000);

const ROLE = "azure-native:authorization:RoleAssignment";
const [ONE, TWO] = ["one", "two"].map((stack) => ({ project: "finetune", stack, job: "finetune-job" })) as [
  Owner,
  Owner,
];
type Owner = { project: string; stack: string; job: string };
const MODEL = `gpt-4o-mini-2024-07-18.ft-${"a".repeat(32)}-theirs`;
const [MADE, NOT_MADE, OF_OTHERS] = [1, 2, 3].map((n) => `5f0bd9bd-7b93-4f28-af87-19fc36ad610${n}`) as [
  string,
  string,
  string,
];

let rehearsal: Rehearsal;
let state: StackExport;
let job: FineTuningJobInputs;
let deployment: SharedDeploymentInputs;
let refreshed: string[];
beforeAll(async () => {
  jest.spyOn(console, "log").mockImplementation(() => undefined);
  rehearsal = await rehearse({ settings: { trainingSeconds: 10, deploymentSeconds: 120 } });
  refreshed = [];
  await addOthers();
  await addOwn();
  // By the time that something is deleted, the deployment that was under way is made.
  rehearsal.proxy.watch = ({ method }) => void (method === "DELETE" && rehearsal.service.advance(120_000));
  state = { deployment: { resources: recorded(), pending_operations: pending() } };
});
afterAll(async () => {
  jest.restoreAllMocks();
  await rehearsal.close();
});

/** What is in the account without the stack; another stack is evaluating at that moment. */
async function addOthers(): Promise<void> {
  await submitJob(rehearsal, upload(rehearsal, "theirs.jsonl", chatRows(11)).fileId);
  rehearsal.service.advance(60_000);
  deploy(rehearsal, "search", "gpt-4o-mini");
  deploy(rehearsal, "critic", MODEL);
  Object.assign(rehearsal.account.deployments.at(-1)!, { tags: { [OWNER_TAG]: "finetune/two" } });
  deploy(rehearsal, temporaryName(TWO, MODEL), MODEL);
  assign(OF_OTHERS);
}

/** What the run had made of its job, its deployments and its roles when it died. */
async function addOwn(): Promise<void> {
  const { fileId, sha256 } = upload(rehearsal, "training.jsonl", chatRows(12));
  const args = {
    accountId: rehearsal.accountId,
    ...{ location: rehearsal.location, model: "gpt-4o-mini-2024-07-18", method: "supervised" },
    ...{ trainingType: "Standard", trainingFileId: fileId, trainingSha256: sha256, owner: "finetune/one" },
    ...{ project: ONE.project, stack: ONE.stack, logicalName: ONE.job },
  } as FineTuningJobArgs;
  const handler = fineTuningJobHandler(rehearsal.newProcess());
  job = (await handler.check({} as FineTuningJobInputs, args as FineTuningJobInputs)).inputs;
  const { id } = await handler.create(job);
  rehearsal.service.advance(60_000);
  const model = `gpt-4o-mini-2024-07-18.ft-${id.slice("ftjob-".length)}-${job.suffix}`;
  deployment = {
    ...{ accountId: rehearsal.accountId, deploymentName: "tutor", owner: "finetune/one" },
    ...{ sku: { name: "Standard", capacity: 1 } },
    properties: { model: { format: "OpenAI", name: model, version: "1" } },
  };
  deploy(rehearsal, temporaryName(ONE, model), model);
  deploy(rehearsal, "tutor", model);
  Object.assign(rehearsal.account.deployments.at(-1)!, {
    tags: { [OWNER_TAG]: "finetune/one" },
    // Still being made: the request had arrived, and its answer had not.
    readyAt: rehearsal.clock.now() + 120_000,
  });
  assign(MADE);
}

function assign(name: string): void {
  const assignments = rehearsal.service.world.state.roleAssignments;
  const id = `${rehearsal.accountId}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  assignments.push({ ...assignments[0]!, id, name, scope: rehearsal.accountId });
}

const resource = (type: string, name: string, inputs: object): StackResource => ({
  urn: `urn:pulumi:one::finetune::${type}::${name}`,
  ...{ type, custom: true, inputs: inputs as Record<string, unknown> },
});

function recorded(): StackResource[] {
  const { service, client, accountId, location } = rehearsal;
  const provider = {
    ...{ clientId: client.clientId, tenantId: service.tenantId, subscriptionId: service.subscriptionId },
    ...{ metadataHost: service.world.origin, disableInstanceDiscovery: "true" },
  };
  return [
    { ...resource("pulumi:providers:azure-native", "default", provider), id: "p-1" },
    { ...resource(EXISTING_ACCOUNT_TYPE, "openai-existing", { accountId, location }), id: accountId },
  ];
}

function pending(): PendingOperation[] {
  const role = (roleAssignmentName: string) =>
    resource(ROLE, `role-${roleAssignmentName}`, { scope: rehearsal.accountId, roleAssignmentName });
  const creating = [
    resource(finetuneType("FineTuningJob"), ONE.job, job),
    resource(finetuneType("SharedDeployment"), "finetune-deployment", deployment),
    ...[MADE, NOT_MADE].map(role),
  ];
  return creating.map((one) => ({ resource: one, type: "creating" }));
}

/** The stack, with pulumi's commands on the state that this test holds. */
function target(): Target {
  const { service, client } = rehearsal;
  const env = {
    ...{ PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: service.caFile, PULUMI_BACKEND_URL: "https://api.example.com" },
    ...{ ARM_CLIENT_SECRET: client.clientSecret },
  };
  const answers: Record<string, (args: string[]) => string> = {
    "stack export": () => JSON.stringify(state),
    "stack history": () => "[]",
    "stack import": (args) => {
      state = JSON.parse(readFileSync(args.at(-1)!, "utf8")) as StackExport;
      return "";
    },
    "refresh --yes": (args) => {
      refreshed.push(...args.filter((one) => one.startsWith("urn:")));
      return "";
    },
    "cancel --yes": () => "",
  };
  const pulumi: Target["pulumi"] = (args) =>
    Promise.resolve({ code: 0, stdout: answers[args.slice(0, 2).join(" ")]!(args), stderr: "" });
  return { stack: "one", folder: process.cwd(), settingsFile: "Pulumi.one.yaml", env, pulumi };
}

/** Everything that is not the stack's, as the service has it. */
function others(): unknown {
  const { deployments, dataPlane, ...account } = rehearsal.account;
  const own = (name: string) => name === "tutor" || name.startsWith(temporaryName(ONE, "").slice(0, -6));
  const { jobs, files, ...plane } = dataPlane;
  const theirs = jobs.filter(({ suffix }) => suffix === "test");
  const isTheirs = (resultsOf?: string) => resultsOf === undefined || theirs.some(({ id }) => id === resultsOf);
  const all = {
    account,
    plane: { ...plane, jobsEverCreated: undefined },
    deployments: deployments.filter(({ name }) => !own(name)),
    jobs: theirs,
    files: files.filter(({ resultsOf }) => isTheirs(resultsOf)),
    roles: rehearsal.service.world.state.roleAssignments.filter(({ name }) => name !== MADE),
  };
  return JSON.parse(JSON.stringify(all));
}

const isSignIn = (path: string) => path.includes("/oauth2/");
const writes = () =>
  rehearsal.proxy.seen
    .filter(({ method, path }) => method !== "GET" && !isSignIn(path))
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/accounts\/Tuning/, "").replace(/\?.*$/, "")}`);

it("adds what the run had made to the state, removes its temporary deployment, and touches nothing of others", async () => {
  const [before, temporary] = [others(), temporaryName(ONE, deployment.properties.model.name)];
  rehearsal.proxy.seen.length = 0;
  await recoverStack(target());
  expect(writes()).toEqual([`DELETE /deployments/${temporary}`]);
  expect(others()).toEqual(before);
  const role = `${rehearsal.accountId}/providers/Microsoft.Authorization/roleAssignments/${MADE}`;
  const { resources = [], pending_operations } = state.deployment;
  expect(pending_operations).toEqual([]);
  expect(resources.map(({ id }) => id)).toEqual(["p-1", rehearsal.accountId, role]);
  expect(refreshed).toEqual([expect.stringContaining(`role-${MADE}`)]);
  expect(rehearsal.account.deployments.map(({ name }) => name)).toEqual([
    ...["search", "critic", temporaryName(TWO, MODEL), "tutor"],
  ]);
});

it("a second recover finds nothing to do", async () => {
  const [after, kept] = [others(), JSON.stringify(state)];
  rehearsal.proxy.seen.length = 0;
  await recoverStack(target());
  expect([writes(), others(), JSON.stringify(state)]).toEqual([[], after, kept]);
});

it("the next up finds its job and its deployment, and a destroy takes them alone", async () => {
  const [before, paid] = [others(), rehearsal.account.dataPlane.jobsEverCreated];
  const { outs: trained } = await fineTuningJobHandler(rehearsal.newProcess()).create(job);
  expect(deployment.properties.model.name).toContain(trained.jobId.slice("ftjob-".length));
  const { outs: served } = await sharedDeploymentHandler(rehearsal.newProcess()).create(deployment);
  expect(served.provisioningState).toBe("Succeeded");
  expect([rehearsal.account.dataPlane.jobsEverCreated, others()]).toEqual([paid, before]);

  const process = rehearsal.newProcess();
  await sharedDeploymentHandler(process).delete("", served);
  await fineTuningJobHandler(process).delete("", trained);
  expect(others()).toEqual(before);
  expect(rehearsal.account.deployments.map(({ name }) => name)).not.toContain("tutor");
  expect(rehearsal.account.dataPlane.jobs.map(({ id }) => id)).not.toContain(trained.jobId);
});
