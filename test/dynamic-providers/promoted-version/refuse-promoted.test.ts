import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { AccountRecord } from "local-azure/world/state";
import { modelVersionsHandler } from "../../../dynamic-providers/model-versions/handler";
import type {
  ModelVersion,
  ModelVersionsInputs,
  ModelVersionsState,
} from "../../../dynamic-providers/model-versions/schema";
import { chatProbeHandler } from "../../../dynamic-providers/chat-probe/handler";
import type { ChatProbeState } from "../../../dynamic-providers/chat-probe/schema";
import type { Context } from "../../../dynamic-providers/runtime/context";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { releaseGateHandler } from "../../../dynamic-providers/release-gate/handler";
import {
  type GoingModels,
  promotionRefusal,
  refusePromotedAccount,
} from "../../../dynamic-providers/promoted-version/refuse-promoted";
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
        `: the model ${made.fineTunedModel} as tutor in the account Production \\(resource group \\S+\\)\\. Nothing has been deleted\\. Destroy the stacks`,
      ),
    );
    await expect(refused).rejects.toThrow(/az cognitiveservices account deployment delete .+ --deployment-name tutor/);
  });

  it("stops it at the gate, too, which a destroy deletes before the probe", async () => {
    const guard = { accountId: rehearsal.accountId, deploymentName: "tutor", fineTunedModel: "m" };
    const gate = releaseGateHandler(rehearsal.newProcess());
    await expect(gate.delete("gate", { rejected: "", ...guard, stateVersion: 1 })).rejects.toThrow(
      /tutor in the account Production .+\. Nothing has been deleted\./,
    );
  });

  it("stops the deletion of the register, and is deleted once nobody serves it", async () => {
    await expect(destroy(stateOf())).rejects.toThrow(
      new RegExp(
        `promoted to other accounts and are deployed there: version 1 \\(${made.jobId}\\) as tutor in the account`,
      ),
    );
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
    // The probe knows no numbers.
    const named = String(before).replace(`the model ${made.fineTunedModel}`, `version 1 (${made.jobId})`);
    expect(named.replace("Nothing has been deleted. ", "")).toBe(after);
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

describe("an `up` of a program that no longer has the model", () => {
  const probe = (process: Context, more: Partial<ChatProbeState> = {}) => {
    const { accountId } = rehearsal;
    const state = { accountId, deploymentName: "tutor", fineTunedModel: made.fineTunedModel, ...more };
    return chatProbeHandler(process).delete("tutor-probe", state as ChatProbeState);
  };
  const running = () => {
    const process = rehearsal.newProcess();
    process.liveIds.sawProgram();
    return process;
  };
  beforeEach(() => promote());

  it.each<[string, Partial<ChatProbeState>]>([
    ["the model", {}],
    ["a checkpoint", { fineTunedModel: "checkpoint" }],
    ["in an account of others", { owner: "finetune/dev", destroyedJobs: ["made"] }],
  ])("stops at its probe, before the deployment that serves it is deleted: %s", async (_name, more) => {
    const served = more.fineTunedModel ? { fineTunedModel: `${made.fineTunedModel}:ckpt-step-10` } : {};
    const jobs = more.destroyedJobs ? { destroyedJobs: [made.jobId] } : {};
    await expect(probe(running(), { ...more, ...served, ...jobs })).rejects.toThrow(
      /as tutor in the account Production .+\. This stack's deployment was not deleted\. Destroy the stacks/,
    );
  });

  it.each<[string, Partial<ChatProbeState>]>([
    ["another model", { fineTunedModel: `gpt-4o-mini-2024-07-18.ft-${"2".repeat(32)}-x` }],
    ["a base model", { fineTunedModel: "gpt-4o-mini" }],
    ["one that stays in an account of others", { owner: "finetune/dev", destroyedJobs: [] }],
    ["one of a state that names no jobs", { owner: "finetune/dev" }],
  ])("goes on for %s", async (_name, more) => {
    await expect(probe(running(), more)).resolves.toBeUndefined();
  });

  it("goes on where the deployment alone goes, and asks nobody", async () => {
    const process = running();
    process.register.keep("job", [made]);
    rehearsal.proxy.disturb("GET", /^\/subscriptions\?/, { status: 500, code: "Broken" }, Infinity);
    await expect(probe(process)).resolves.toBeUndefined();
  });
});

it.each<[string, Partial<ModelVersionsInputs>]>([
  ["another account", { accountId: UNKNOWN }],
  ["another region", { location: "japaneast" }],
])(
  "a run that moves the register to %s is refused at its check, before the old account is deleted",
  async (_name, to) => {
    await promote();
    const handler = modelVersionsHandler(rehearsal.newProcess());
    const { failures } = await handler.check(stateOf(), { ...stateOf(), ...to });
    expect(failures).toEqual([
      {
        property: "pin",
        reason: expect.stringMatching(/version 1 \(ftjob-\w+\) as tutor in the account Production/) as unknown,
      },
    ]);
    target.deployments = [];
    expect((await handler.check(stateOf(), { ...stateOf(), ...to })).failures).toEqual([]);
  },
);

describe("asked before a destroy begins", () => {
  const refusal = (going: Partial<GoingModels> = {}) =>
    promotionRefusal(rehearsal.newProcess(), [{ accountId: rehearsal.accountId, versions: [made], ...going }]);

  it("says which version, where it is served, and which stack does that, as far as its tag says so", async () => {
    await promote();
    target.deployments[0]!.tags = { "azure-openai-finetune-stack": "finetune/production" };
    expect(await refusal()).toMatch(
      new RegExp(
        `^Models of this stack were promoted to other accounts and are deployed there: version 1 \\(${made.jobId}\\) as tutor in the account Production \\(resource group \\S+\\) by the stack finetune/production\\. Destroy the stacks that promote them, or set promote\\.version in those stacks to another version, then run the command again\\.`,
      ),
    );
  });

  it.each<[string, Partial<GoingModels>, boolean]>([
    ["all of an account", { jobIds: undefined }, true],
    ["nothing of it", { jobIds: [] }, false],
    ["another job", { jobIds: [`ftjob-${"2".repeat(32)}`] }, false],
  ])("%s goes", async (_name, going, refused) => {
    await promote();
    expect((await refusal(going)) !== undefined).toBe(refused);
  });

  it("says nothing where nobody serves it", async () => {
    expect(await refusal()).toBeUndefined();
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
      new RegExp(
        `\\[plan\\] Keeps version 1 \\(${made.jobId}\\) for now, since it could not be checked whether a deployment serves it: .*Try again`,
      ),
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
