import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { AccountRecord } from "local-azure/world/state";
import { modelVersionsHandler } from "../../../dynamic-providers/model-versions/handler";
import type {
  ModelVersion,
  ModelVersionsInputs,
  ModelVersionsState,
} from "../../../dynamic-providers/model-versions/schema";
import { releaseGateHandler } from "../../../dynamic-providers/release-gate/handler";
import { refusePromotedAccount } from "../../../dynamic-providers/promoted-version/refuse-promoted";
import { cognitiveServices } from "../../../local-azure/test/clients";
import { rehearse, type Rehearsal } from "../../support/rehearsal";
import { promotable, trainedThere } from "./promotable";

let rehearsal: Rehearsal;
let target: AccountRecord;
let made: ModelVersion;
beforeEach(async () => {
  rehearsal = await rehearse();
  target = rehearsal.service.addAccount("Production");
  target.location = "swedencentral";
  made = await trainedThere(rehearsal, 1);
});
afterEach(() => rehearsal.close());

/** As Resource Manager takes it from the other stack. */
async function promote(member = "source"): Promise<void> {
  const model = {
    format: "OpenAI",
    name: made.fineTunedModel,
    version: "1",
    [member]: rehearsal.accountId.toUpperCase(),
  };
  await cognitiveServices({
    ...rehearsal.service,
    origin: rehearsal.proxy.origin,
  }).deployments.beginCreateOrUpdateAndWait(
    target.resourceGroup,
    target.name,
    "tutor",
    { sku: { name: "Standard", capacity: 1 }, properties: { model } },
    { updateIntervalInMs: 1 },
  );
}

/** State of the source's register: the promoted version beside its newest. */
function stateOf(more: Partial<ModelVersionsState> = {}): ModelVersionsState {
  const { accountId, location } = rehearsal;
  const newest: ModelVersion = {
    ...made,
    version: 2,
    jobId: `ftjob-${"2".repeat(32)}`,
    trainingKey: "2",
    fineTunedModel: "m-2",
  };
  return {
    ...{ ...newest, accountId, location, job: "job", deployed: true, retain: { versions: 3 } },
    ...{
      versions: [newest, { ...made, status: "kept" }],
      servedModel: "m-2",
      servedKey: "2",
      servedCheckpoint: "last",
    },
    ...{ rejected: "", stateVersion: 1 },
    ...more,
  };
}
const destroy = (state: ModelVersionsState) => modelVersionsHandler(rehearsal.newProcess()).delete("versions", state);
const jobs = () => rehearsal.account.dataPlane.jobs.length;

describe.each(["source", "sourceAccount"])("a model that another account serves by %s", (member) => {
  beforeEach(() => promote(member));

  it("stops a destroy before anything is deleted, with the deployment's name and the way out", async () => {
    const { accountId } = rehearsal;
    const refused = refusePromotedAccount(rehearsal.newProcess(), { accountId });
    await expect(refused).rejects.toThrow(
      new RegExp(
        `tutor in the account Production .+: ${made.fineTunedModel}\\nNothing has been deleted\\. Destroy the stacks`,
      ),
    );
    await expect(refused).rejects.toThrow(/az cognitiveservices account deployment delete .+ --deployment-name tutor/);
  });

  it("stops it at the gate, too, which a destroy deletes before the probe", async () => {
    const guard = { accountId: rehearsal.accountId, deploymentName: "tutor", fineTunedModel: "m" };
    const gate = releaseGateHandler(rehearsal.newProcess());
    await expect(gate.delete("gate", { rejected: "", ...guard, stateVersion: 1 })).rejects.toThrow(
      /tutor in the account Production .+\nNothing has been deleted\./,
    );
  });

  it("stops the deletion of the register, and is deleted once nobody serves it", async () => {
    await expect(destroy(stateOf())).rejects.toThrow(/Models of this stack were promoted to other accounts/);
    expect(jobs()).toBe(1);
    target.deployments = [];
    await destroy(stateOf());
    expect(jobs()).toBe(0);
  });
});

it("says nothing while the program runs, or in an account that stays", async () => {
  await promote();
  const { accountId } = rehearsal;
  const running = rehearsal.newProcess();
  running.liveIds.sawProgram();
  await expect(refusePromotedAccount(running, { accountId })).resolves.toBeUndefined();
  const shared = { accountId, owner: "finetune/dev" };
  await expect(refusePromotedAccount(rehearsal.newProcess(), shared)).resolves.toBeUndefined();
});

it("in an account of others, lets go of the register where the model is kept, and stops where it would go", async () => {
  await promote();
  const owner = "finetune/dev";
  await destroy(stateOf({ owner, retain: { versions: 3, model: true } }));
  await expect(destroy(stateOf({ owner }))).rejects.toThrow(/tutor in the account Production/);
  expect(jobs()).toBe(1);
});

describe("the probe, which a destroy deletes first, in an account of others", () => {
  const refused = (destroyedJobs?: string[]) => {
    const used = { accountId: rehearsal.accountId, owner: "finetune/dev", destroyedJobs };
    return refusePromotedAccount(rehearsal.newProcess(), used);
  };

  it("stops it for a job that would go, with the register's sentence", async () => {
    await promote();
    const [before, after] = await Promise.all([
      refused([`ftjob-${"2".repeat(32)}`, made.jobId]).catch(String),
      destroy(stateOf({ owner: "finetune/dev" })).catch(String),
    ]);
    expect(before).toMatch(/Nothing has been deleted\. Destroy the stacks that promote them/);
    expect(String(before).replace("Nothing has been deleted. ", "")).toBe(after);
  });

  it.each<[string, string[] | undefined]>([
    ["for another stack's job", [`ftjob-${"2".repeat(32)}`]],
    ["where no job would go", []],
    ["with a state of an earlier release, which names none", undefined],
  ])("lets it go on %s", async (_name, jobIds) => {
    await promote();
    await expect(refused(jobIds)).resolves.toBeUndefined();
  });
});

it("who may not read the other account is told nothing of it", async () => {
  await promote();
  const { service, accountId } = rehearsal;
  const client = service.addClient({ displayName: "development pipeline" });
  const role = service.world.state.roleAssignments[0]!;
  service.world.state.roleAssignments.push({
    ...role,
    id: "own",
    name: "own",
    scope: accountId,
    principalId: client.objectId,
  });
  await expect(refusePromotedAccount(rehearsal.newProcess({ client }), { accountId })).resolves.toBeUndefined();
});

it("is not pruned while it is promoted, and is afterwards", async () => {
  await promote();
  const next = { ...stateOf(), retain: { versions: 1 } };
  const check = async (olds: ModelVersionsState) => {
    const { inputs, failures } = await modelVersionsHandler(rehearsal.newProcess()).check(olds, next);
    expect(failures).toEqual([]);
    return inputs.versions.map(({ version }) => version);
  };
  expect(await check(stateOf())).toEqual([2, 1]);
  target.deployments = [];
  expect(await check(stateOf())).toEqual([2]);
});

it("is not pruned either where it was the newest until this run", async () => {
  await promote();
  const served = { ...made, status: "serving" as const };
  const olds = stateOf({ ...made, versions: [served], servedModel: made.fineTunedModel, servedKey: made.trainingKey });
  const next = { ...stateOf(), retain: { versions: 1 } };
  const { inputs } = await modelVersionsHandler(rehearsal.newProcess()).check(olds, next);
  expect(inputs.versions.map(({ version, status }) => `${version} ${status}`)).toEqual(["2 serving", "1 kept"]);
});

describe.each([
  ["its deployments", /^\/subscriptions\/.*\/accounts\/Production\/deployments\?/],
  ["the accounts of the subscription", /^\/subscriptions\/[^/]+\/providers\/Microsoft\.CognitiveServices\/accounts\?/],
  ["the subscriptions", /^\/subscriptions\?/],
])("whether another account serves it can't be read: %s", (_name, path) => {
  const broken = { status: 500, code: "InternalServerError", message: "Try again." };
  beforeEach(async () => {
    await promote();
    rehearsal.proxy.disturb("GET", path, broken, Infinity);
  });

  it("then it is not pruned, and the plan says why", async () => {
    const next = { ...stateOf(), retain: { versions: 1 } };
    const { inputs, failures } = await modelVersionsHandler(rehearsal.newProcess()).check(stateOf(), next);
    expect(failures).toEqual([]);
    expect(inputs.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(rehearsal.lines.join("\n")).toMatch(
      new RegExp(`\\[plan\\] Keeps version 1 \\(${made.jobId}\\) for now, .*could not be read: .*Try again`),
    );
  });

  it("then an `up` that found it served by nobody before deletes nothing", async () => {
    const [newest] = stateOf().versions;
    const update = modelVersionsHandler(rehearsal.newProcess()).update("versions", stateOf(), {
      ...stateOf(),
      versions: [newest!],
    });
    await expect(update).rejects.toThrow(/Try again/);
    expect(jobs()).toBe(1);
  });

  it("then no destroy deletes it, neither at its start nor at the register", async () => {
    const { accountId } = rehearsal;
    await expect(refusePromotedAccount(rehearsal.newProcess(), { accountId })).rejects.toThrow(
      /^could not check whether this stack's models are deployed in other accounts: .*Try again.* Nothing has been deleted\. Run the command again/,
    );
    await expect(destroy(stateOf())).rejects.toThrow(/^could not check whether this stack's models are/);
    expect(jobs()).toBe(1);
  });
});

it("a version that was promoted after the register was planned is not pruned", async () => {
  await promote();
  const [newest] = stateOf().versions;
  const update = modelVersionsHandler(rehearsal.newProcess()).update("versions", stateOf(), {
    ...stateOf(),
    versions: [newest!],
  });
  await expect(update).rejects.toThrow(/tutor in the account Production/);
  expect(jobs()).toBe(1);
});

it("a subscription without the resource provider has no accounts", async () => {
  const list = /^\/subscriptions\/[^/]+\/providers\/Microsoft\.CognitiveServices\/accounts\?/;
  rehearsal.proxy.disturb("GET", list, { status: 409, code: "MissingSubscriptionRegistration" }, Infinity);
  await destroy(stateOf());
  expect(jobs()).toBe(0);
});

describe("the register of the stack that promotes", () => {
  const promoting = (from: string, more: Partial<ModelVersionsInputs> = {}) =>
    ({
      ...promotable(made, from),
      ...{
        accountId: target.id,
        location: target.location,
        job: "finetune-job",
        deployed: true,
        retain: { versions: 1 },
      },
      ...more,
    }) as ModelVersionsInputs;
  const check = async (news: ModelVersionsInputs, olds?: ModelVersionsState) =>
    (await modelVersionsHandler(rehearsal.newProcess()).check(olds, news)).inputs;

  it("names the account that has the model, unless it is its own", async () => {
    expect(await check(promoting(rehearsal.accountId))).toMatchObject({
      servedModel: made.fineTunedModel,
      servedFrom: rehearsal.accountId,
      versions: [{ version: 1, status: "serving", promotedFrom: { stack: "dev", version: 1 }, trainingExamples: 68 }],
    });
    expect(await check(promoting(target.id))).toMatchObject({ servedFrom: "" });
    expect(await check(stateOf())).toMatchObject({ servedFrom: "" });
  });

  it("never deletes a model of the other stack: neither when it is pruned nor at a destroy", async () => {
    const first = { ...(await check(promoting(rehearsal.accountId))), stateVersion: 1 as const };
    const other = { jobId: `ftjob-${"3".repeat(32)}`, trainingKey: "3", fineTunedModel: "m-3" };
    const next = await check({ ...promoting(rehearsal.accountId), ...other }, first);
    expect(next.versions.map(({ jobId }) => jobId)).toEqual([other.jobId]);
    expect(rehearsal.lines.join()).toContain("No longer lists version 1");
    const process = rehearsal.newProcess();
    await modelVersionsHandler(process).update("versions", first, next);
    await modelVersionsHandler(process).delete("versions", { ...next, stateVersion: 1 });
    expect(jobs()).toBe(1);
    expect(process.kept).toEqual([]);
  });

  it("changes nothing of a state of an earlier release, which names no account", async () => {
    const handler = modelVersionsHandler(rehearsal.newProcess());
    const own = stateOf();
    const inputs = await check(own, own);
    const { servedFrom: _from, ...earlier } = { ...inputs, stateVersion: 1 as const };
    expect(await handler.diff("versions", earlier, inputs)).toEqual({ changes: false, replaces: [] });
    expect(await handler.diff("versions", earlier, { ...inputs, servedFrom: target.id })).toMatchObject({
      changes: true,
    });
  });

  it("goes on serving a promoted version where a stack that has left promotion pins it", async () => {
    const first = { ...(await check(promoting(rehearsal.accountId))), stateVersion: 1 as const };
    const { promotedFrom: _, ...own } = promoting(rehearsal.accountId, { pin: 1, retain: { versions: 3 } });
    const trainedHere = { jobId: `ftjob-${"4".repeat(32)}`, trainingKey: "4", fineTunedModel: "m-4" };
    expect(await check({ ...own, ...trainedHere }, first)).toMatchObject({
      servedModel: made.fineTunedModel,
      servedFrom: rehearsal.accountId,
    });
  });
});
