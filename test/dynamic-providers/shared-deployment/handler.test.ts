import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { sharedDeploymentHandler } from "../../../dynamic-providers/shared-deployment/handler";
import { OWNER_TAG } from "../../../dynamic-providers/shared-deployment/ownership";
import type {
  SharedDeploymentInputs,
  SharedDeploymentState,
} from "../../../dynamic-providers/shared-deployment/schema";
import type { PartialFailure } from "../../../dynamic-providers/runtime/partial-failure";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import type { Fault } from "../../support/fault-proxy";
import { chatRows, deploy, rehearse, submitJob, upload, type Rehearsal } from "../../support/rehearsal";

let rehearsal: Rehearsal;
let inputs: SharedDeploymentInputs;
beforeEach(async () => {
  rehearsal = await rehearse({ settings: { trainingSeconds: 10, deploymentSeconds: 120 } });
  const { fileId } = upload(rehearsal, "training.jsonl", chatRows(12));
  const jobId = await submitJob(rehearsal, fileId);
  rehearsal.service.advance(60_000);
  inputs = {
    accountId: rehearsal.accountId,
    deploymentName: "teacher",
    owner: "project/one",
    sku: { name: "Standard", capacity: 1 },
    properties: {
      model: { format: "OpenAI", name: `gpt-4o-mini-2024-07-18.ft-${jobId.slice(6)}-test`, version: "1" },
    },
  };
});
afterEach(() => rehearsal.close());

const handlerOf = (process = rehearsal.newProcess()) => sharedDeploymentHandler(process);
const there = (name = "teacher") => rehearsal.account.deployments.find((one) => one.name === name);
const PUT = /\/deployments\/teacher/;
const CONFLICT: Fault = { status: 409, code: "RequestConflict", message: "Another operation is being performed." };
const failureOf = (task: Promise<unknown>) =>
  task.then(
    () => undefined,
    (error: unknown) => error as PartialFailure,
  );

describe("create", () => {
  it("deploys under the stack's tag, waits for the end, and knows what azure-native's deployment knows", async () => {
    const began = rehearsal.clock.now();
    const { id, outs } = await handlerOf().create(inputs);
    expect(id).toBe(`${rehearsal.accountId}/deployments/teacher`);
    expect(outs).toMatchObject({
      name: "teacher",
      provisioningState: "Succeeded",
      systemData: { createdAt: expect.stringMatching(/^2026-/) },
    });
    expect(there()).toMatchObject({ tags: { [OWNER_TAG]: "project/one" } });
    expect(rehearsal.clock.now() - began).toBeGreaterThanOrEqual(120_000);
    expect(rehearsal.lines.join("\n")).toMatch(/^deploying 0 s · teacher$/m);
  });

  it("waits while somebody else deploys in the same account", async () => {
    deploy(rehearsal, "search", inputs.properties.model.name);
    Object.assign(there("search")!, { readyAt: rehearsal.clock.now() + 300_000 });
    await handlerOf().create(inputs);
    expect(there()).toBeDefined();
    expect(rehearsal.lines.join("\n")).toMatch(
      /^waited 0 s · another operation is modifying the account · deploying teacher$/m,
    );
  });

  it("ends with a sentence where the account is busy for an hour", async () => {
    rehearsal.proxy.disturb("PUT", PUT, CONFLICT, Infinity);
    await expect(handlerOf().create(inputs)).rejects.toThrow(/Waited 60 min .* run the command again\.$/);
    expect(there()).toBeUndefined();
  });

  it.each<Fault>(["cut before", "cut after", "truncate", { status: 503 }, CONFLICT])("gets over %j", async (fault) => {
    rehearsal.proxy.disturb("PUT", PUT, fault);
    expect((await handlerOf().create(inputs)).outs.provisioningState).toBe("Succeeded");
    expect(rehearsal.account.deployments).toHaveLength(1);
  });

  it("takes over what an interrupted run of this stack has made, and no other", async () => {
    await handlerOf().create(inputs);
    const createdAt = there()!.createdAt;
    rehearsal.service.advance(60_000);
    await handlerOf().create(inputs);
    expect(there()!.createdAt).toBe(createdAt);
    await expect(handlerOf().create({ ...inputs, owner: "project/two" })).rejects.toThrow(
      /already has a deployment named teacher \(.+\), which belongs to the stack project\/one\. That deployment was left unchanged\. Choose another deploy\.name\.$/,
    );
  });

  it("an interrupted run without a tag is known by its model, which nobody else has trained", async () => {
    deploy(rehearsal, "teacher", inputs.properties.model.name);
    await handlerOf().create(inputs);
    expect(there()!.tags).toEqual({ [OWNER_TAG]: "project/one" });
  });

  it("leaves the base model's deployment of others, and says how to compare with it", async () => {
    deploy(rehearsal, "teacher", "gpt-4o-mini");
    const base = { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" };
    await expect(handlerOf().create({ ...inputs, properties: { model: base } })).rejects.toThrow(
      /which this stack did not create\. That deployment was left unchanged\. Set deploy\.baseModel\.enabled to false/,
    );
  });

  it("a refusal leaves nothing in the state, a failure what was begun", async () => {
    const huge = { ...inputs, sku: { name: "Standard", capacity: 100_000 } };
    const refused = await failureOf(handlerOf().create(huge));
    expect(refused?.message).toMatch(/InsufficientQuota/);
    expect(refused?.properties).toBeUndefined();
    rehearsal.account.nextDeploymentFaults = [{ outcome: "fail" }];
    const failed = await failureOf(handlerOf().create(inputs));
    expect(failed).toMatchObject({
      message: expect.stringMatching(/could not be completed/),
      properties: { deploymentName: "teacher" },
    });
    const state = failed!.properties as unknown as SharedDeploymentState;
    expect((await handlerOf().diff("", state, inputs)).changes).toBe(true);
    expect((await handlerOf().update("", state, inputs)).outs.provisioningState).toBe("Succeeded");
  });
});

describe("check", () => {
  it.each<[string, Partial<SharedDeploymentInputs>, Partial<SharedDeploymentInputs> | undefined, RegExp]>([
    ["a name that somebody else has", { owner: "project/two" }, undefined, /belongs to the stack project\/one/],
    [
      "a model that is not known yet",
      { owner: "project/two", properties: { model: { format: "OpenAI", name: UNKNOWN } } },
      undefined,
      /Choose another deploy\.name/,
    ],
    ["the stack's own name", {}, undefined, /^$/],
    ["a name that is free", { deploymentName: "tutor", owner: "project/two" }, undefined, /^$/],
    ["a name that is not known yet", { deploymentName: UNKNOWN, owner: "project/two" }, undefined, /^$/],
    ["a name that stays", { owner: "project/two" }, { deploymentName: "Teacher" }, /^$/],
  ])("%s", async (_what, more, olds, reason) => {
    await handlerOf().create(inputs);
    const { failures } = await handlerOf().check(olds, { ...inputs, ...more });
    expect(failures.map((failure) => failure.reason).join()).toMatch(reason);
  });

  it("leaves it to Azure where nobody may look", async () => {
    rehearsal.proxy.disturb("GET", PUT, { status: 403, code: "AuthorizationFailed" });
    expect((await handlerOf().check({}, inputs)).failures).toEqual([]);
  });
});

describe("diff", () => {
  const other = { model: { format: "OpenAI", name: "another.ft-1", version: "1" } };
  it.each<[string, Partial<SharedDeploymentInputs>, boolean, string[]]>([
    ["nothing", {}, false, []],
    ["another spelling", { deploymentName: "TEACHER" }, false, []],
    ["another name", { deploymentName: "tutor" }, true, ["deploymentName"]],
    ["a name that is not known yet", { deploymentName: UNKNOWN }, true, ["deploymentName"]],
    ["an account that is not known yet", { accountId: UNKNOWN }, true, ["accountId"]],
    ["capacity", { sku: { name: "Standard", capacity: 2 } }, true, []],
    ["another model in place", { properties: other }, true, []],
    ["another model, recreated", { properties: other, replaceOnModel: true }, true, ["properties"]],
    ["a stack of another name", { owner: "project/renamed" }, false, []],
  ])("%s", async (_what, more, changes, replaces) => {
    const { outs } = await handlerOf().create(inputs);
    expect(await handlerOf().diff("", outs, { ...inputs, ...more })).toEqual({ changes, replaces });
  });
});

describe("update", () => {
  it("changes the capacity", async () => {
    const { id, outs } = await handlerOf().create(inputs);
    await handlerOf().update(id, outs, { ...inputs, sku: { name: "Standard", capacity: 3 } });
    expect(there()!.sku.capacity).toBe(3);
  });

  it("doesn't touch one that somebody has put in its place", async () => {
    const { id, outs } = await handlerOf().create(inputs);
    there()!.tags = { [OWNER_TAG]: "project/two" };
    await expect(handlerOf().update(id, outs, { ...inputs, sku: { name: "Standard", capacity: 3 } })).rejects.toThrow(
      /project\/two/,
    );
    expect(there()!.sku.capacity).toBe(1);
  });
});

describe("read", () => {
  it("sees what was changed by hand, and nothing that Azure chose itself", async () => {
    const { id, outs } = await handlerOf().create(inputs);
    expect((await handlerOf().read(id, outs)).props).toEqual(outs);
    Object.assign(there()!, {
      sku: { name: "Standard", capacity: 7 },
      properties: { raiPolicyName: "Microsoft.DefaultV2" },
    });
    const { props } = await handlerOf().read(id, outs);
    expect(props).toEqual({ ...outs, sku: { name: "Standard", capacity: 7 } });
  });

  it.each<[string, () => unknown]>([
    ["is gone", () => (rehearsal.account.deployments = [])],
    ["is somebody else's now", () => (there()!.tags = { [OWNER_TAG]: "project/two" })],
    ["is gone with the account", () => rehearsal.deleteAccount()],
  ])("finds nothing where it %s", async (_what, change) => {
    const { id, outs } = await handlerOf().create(inputs);
    if (_what.endsWith("account")) rehearsal.account.deployments = [];
    await change();
    expect(await handlerOf().read(id, outs)).toEqual({});
  });
});

describe("delete", () => {
  it.each<Fault>(["cut before", "cut after", { status: 503 }, CONFLICT])("deletes it, also over %j", async (fault) => {
    const { id, outs } = await handlerOf().create(inputs);
    rehearsal.proxy.disturb("DELETE", PUT, fault);
    await handlerOf().delete(id, outs);
    expect(rehearsal.account.deployments).toEqual([]);
    await handlerOf().delete(id, outs);
  });

  it("leaves one that somebody has put in its place", async () => {
    const { id, outs } = await handlerOf().create(inputs);
    there()!.tags = { [OWNER_TAG]: "project/two" };
    await handlerOf().delete(id, outs);
    expect(there()).toBeDefined();
    expect(rehearsal.lines.at(-1)).toMatch(
      /was replaced by another deployment with the same name, which does not belong to this stack and is kept/,
    );
  });

  it("keeps one that the same run has taken into use again", async () => {
    const process = rehearsal.newProcess();
    const { id, outs } = await handlerOf(process).create(inputs);
    await handlerOf(process).delete(id, outs);
    expect(there()).toBeDefined();
  });
});
