import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { deploymentPreflightHandler, handler } from "../../../dynamic-providers/deployment-preflight/handler";
import type {
  DeploymentPreflightInputs,
  DeploymentPreflightState,
} from "../../../dynamic-providers/deployment-preflight/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { deploy, rehearse, type Rehearsal } from "../../support/rehearsal";

const QUOTA = "OpenAI.Standard.gpt-4o-mini-finetune";
const MODEL = "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678-test";
const described: DeploymentPreflightInputs = {
  accountId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a",
  location: "North Central US",
  deploymentName: "teacher",
  fineTunedModel: MODEL,
  sku: "Standard",
  capacity: 1,
};
const state: DeploymentPreflightState = { ...described, stateVersion: 1 };

describe("update", () => {
  let rehearsal: Rehearsal;
  let inputs: DeploymentPreflightInputs;
  beforeEach(async () => {
    rehearsal = await rehearse();
    inputs = { ...described, accountId: rehearsal.accountId };
    deployOld("teacher", 200);
  });
  afterEach(() => rehearsal.close());

  const deployOld = (name: string, capacity: number, sku = "Standard", quota = QUOTA) => {
    deploy(rehearsal, name, MODEL);
    Object.assign(rehearsal.account.deployments.at(-1)!, { quota, sku: { name: sku, capacity } });
  };
  const update = (more: Partial<DeploymentPreflightInputs>, olds: Partial<DeploymentPreflightState> = {}) =>
    deploymentPreflightHandler(rehearsal.newProcess()).update("", { ...state, ...olds }, { ...inputs, ...more });

  it("counts what the old deployment holds as free", async () => {
    expect((await update({ capacity: 250 })).outs).toMatchObject({ capacity: 250, stateVersion: 1 });
    expect(rehearsal.lines).toEqual([]);
  });

  it.each<[string, () => void, Partial<DeploymentPreflightInputs>, RegExp]>([
    [
      "more than the whole quota",
      () => undefined,
      { capacity: 251 },
      /200 of 250 in use, including 200 held by teacher, which will be freed, so at most 250 is available\./,
    ],
    [
      "what others hold",
      () => deployOld("other", 50),
      { capacity: 201 },
      /250 of 250 in use, including 200 held by teacher.*, so at most 200 is available/,
    ],
    [
      "another deployment type, whose quota the old one doesn't free",
      () => deployOld("other", 499, "GlobalStandard", "OpenAI.GlobalStandard.gpt-4o-mini-finetune"),
      { sku: "GlobalStandard", capacity: 2 },
      /OpenAI\.GlobalStandard\.gpt-4o-mini-finetune: 499 of 500 in use, so at most 1 is available/,
    ],
  ])("stops before anything is deleted: %s", async (_name, others, more, sentence) => {
    others();
    const failure = await update(more).then(
      () => "",
      (error: Error) => error.message,
    );
    expect(failure).toMatch(sentence);
    expect(failure).toMatch(/Nothing was deleted; the deployment teacher stays in service\.$/);
  });

  it("frees the old name's deployment when the name changes", async () => {
    await expect(update({ deploymentName: "tutor", capacity: 250 })).resolves.toBeDefined();
    await expect(update({ deploymentName: "tutor", capacity: 251 })).rejects.toThrow(
      /the deployment teacher stays in service/,
    );
  });

  const holdFor = (ms: number, capacity: number) => {
    const freeAt = rehearsal.clock.now() + ms;
    rehearsal.service.world.state.freedQuota.push({ location: "northcentralus", quota: QUOTA, capacity, freeAt });
  };
  const waits = expect.stringMatching(
    /^waited 0 s of up to 20 s · not enough quota yet; capacity from a deployment that was just deleted is released within that time$/,
  );

  it("waits for the capacity of one that was deleted a moment ago", async () => {
    holdFor(15_000, 50);
    await expect(update({ capacity: 250 })).resolves.toBeDefined();
    expect(rehearsal.lines[0]).toEqual(waits);
  });

  it("waits as well for that of its own, which an interrupted run deleted", async () => {
    rehearsal.account.deployments.length = 0;
    holdFor(15_000, 250);
    const began = rehearsal.clock.now();
    await expect(update({ capacity: 250 })).resolves.toBeDefined();
    expect(rehearsal.lines).toEqual([waits, expect.any(String)]);
    expect(rehearsal.clock.now() - began).toBeGreaterThanOrEqual(15_000);
  });

  it("refuses nothing where nothing would be deleted", async () => {
    rehearsal.account.deployments.length = 0;
    await expect(update({ capacity: 5_000 })).resolves.toBeDefined();
    expect(rehearsal.lines).toEqual([]);
    holdFor(60_000, 250);
    await expect(update({ capacity: 250 })).resolves.toBeDefined();
  });

  it.each<[string, RegExp]>([
    ["usages", /\/locations\/northcentralus\/usages/],
    ["models", /\/locations\/northcentralus\/models/],
    ["deployments", /\/accounts\/Tuning\/deployments/],
  ])("says that the %s can't be read, and goes on", async (_name, path) => {
    rehearsal.proxy.disturb("GET", path, { status: 403, code: "AuthorizationFailed" }, 9);
    await expect(update({ capacity: 5_000 })).resolves.toBeDefined();
    expect(rehearsal.lines.join("\n")).toMatch(
      /could not check whether the region has enough quota for the deployment: .*AuthorizationFailed/,
    );
  });

  it("says that the region lists no such quota, and goes on", async () => {
    await expect(update({ fineTunedModel: "another-model.ft-1" })).resolves.toBeDefined();
    expect(rehearsal.lines).toEqual([
      expect.stringMatching(/the region lists no Standard quota for another-model\.ft-1$/),
    ]);
  });

  it("stops where the region has no room for one more tuned deployment", async () => {
    for (let count = 1; count < 11; count++)
      deployOld(`other-${count}`, 1, "GlobalStandard", "OpenAI.GlobalStandard.gpt-4o-finetune");
    await expect(update({})).rejects.toThrow(
      /another deployment of a fine-tuned model\. OpenAI\.FineTuned\.Deployments: 11 of 10 in use/,
    );
    rehearsal.account.deployments.pop();
    await expect(update({})).resolves.toBeDefined();
  });
});

describe("check: is the name free?", () => {
  let rehearsal: Rehearsal;
  let inputs: DeploymentPreflightInputs;
  beforeEach(async () => {
    rehearsal = await rehearse();
    inputs = { ...described, accountId: rehearsal.accountId };
    deploy(rehearsal, "Search", "gpt-4o-mini");
    deploy(rehearsal, "teacher", MODEL);
  });
  afterEach(() => rehearsal.close());
  const check = async (olds: Partial<DeploymentPreflightInputs>, news: Partial<DeploymentPreflightInputs>) => {
    const handler = deploymentPreflightHandler(rehearsal.newProcess());
    const { failures } = await handler.check(olds, { ...inputs, ...news });
    return failures.map(({ reason }) => reason).join("\n");
  };

  it.each<[string, Partial<DeploymentPreflightInputs>, Partial<DeploymentPreflightInputs>]>([
    ["another name", state, { deploymentName: "search" }],
    ["the first one, for a stack without this resource", {}, { deploymentName: "search" }],
  ])("%s, which somebody else's deployment has: says so before anything is deleted", async (_name, olds, news) => {
    expect(await check(olds, news)).toMatch(
      /^The account Tuning already has a deployment named Search \(gpt-4o-mini\), so another one can't be created under that name\. .*choose another deploy\.name, or delete it first:\n {2}az cognitiveservices .* --deployment-name Search$/,
    );
  });

  it.each<[string, Partial<DeploymentPreflightInputs>, Partial<DeploymentPreflightInputs>]>([
    ["the same name", state, { deploymentName: "Teacher" }],
    ["a free name", state, { deploymentName: "tutor" }],
    ["the stack's own deployment, where deploy.switch becomes recreate", {}, {}],
    ["a name that is not known yet", state, { deploymentName: UNKNOWN }],
    ["an account that is not there yet", state, { accountId: UNKNOWN, deploymentName: "search" }],
  ])("%s is no reason to stop", async (_name, olds, news) => {
    expect(await check(olds, news)).toBe("");
  });

  it("stops a run, too, that takes the account for its own again after one that was refused halfway", async () => {
    const process = rehearsal.newProcess();
    process.plan.accounts.makes(state.accountId);
    const news = { ...inputs, deploymentName: "search" };
    expect((await deploymentPreflightHandler(process).check(state, news)).failures).toHaveLength(1);
  });

  it("nor is a list that can't be read", async () => {
    rehearsal.proxy.fault = () => ({ status: 403, code: "AuthorizationFailed" });
    expect(await check(state, { deploymentName: "search" })).toBe("");
  });
});

it.each<[string, Partial<DeploymentPreflightInputs>, boolean]>([
  ["nothing", {}, false],
  ["the region in other words", { location: "northcentralus" }, false],
  ["another model", { fineTunedModel: UNKNOWN }, true],
  ["another name", { deploymentName: "tutor" }, true],
  ["more capacity", { capacity: 2 }, true],
  ["another deployment type", { sku: "GlobalStandard" }, true],
  ["another account", { accountId: `${described.accountId}2` }, true],
])("diff: %s", async (_name, changed, changes) => {
  expect(await handler.diff("", state, { ...described, ...changed })).toEqual({ changes, replaces: [] });
});
