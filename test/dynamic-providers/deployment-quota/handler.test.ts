import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { deploymentQuotaHandler, handler } from "../../../dynamic-providers/deployment-quota/handler";
import type { DeploymentQuotaInputs, DeploymentQuotaState } from "../../../dynamic-providers/deployment-quota/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import type { Fault } from "../../support/fault-proxy";
import { rehearse, type Rehearsal } from "../../support/rehearsal";

const QUOTA = "OpenAI.Standard.gpt-4o-mini-finetune";
const LIMIT = 250;
const USAGES = /\/locations\/northcentralus\/usages/;

const described: DeploymentQuotaInputs = {
  accountId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a",
  location: "North Central US",
  deploymentName: "teacher",
  fineTunedModel: "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678-test",
  sku: "Standard",
  capacity: 1,
};
const state: DeploymentQuotaState = { ...described, stateVersion: 1 };

describe("create", () => {
  let rehearsal: Rehearsal;
  let inputs: DeploymentQuotaInputs;
  beforeEach(async () => {
    rehearsal = await rehearse();
    inputs = { ...described, accountId: rehearsal.accountId };
  });
  afterEach(() => rehearsal.close());

  const handlerOf = (process = rehearsal.newProcess()) => deploymentQuotaHandler(process);

  /** All of the region's capacity, in use for so many seconds from now. */
  function inUse(seconds: number, capacity = LIMIT): void {
    const freeAt = rehearsal.clock.now() + seconds * 1000;
    rehearsal.service.world.state.freedQuota.push({ location: "northcentralus", quota: QUOTA, capacity, freeAt });
  }

  async function secondsOf(task: () => Promise<unknown>): Promise<number> {
    const began = rehearsal.clock.now();
    await task();
    return (rehearsal.clock.now() - began) / 1000;
  }

  it("looks once and says nothing where there is room", async () => {
    inUse(20, LIMIT - 1);
    const { id, outs } = await handlerOf().create(inputs);
    expect({ id, outs }).toEqual({ id: "teacher-quota", outs: { ...inputs, stateVersion: 1 } });
    expect(rehearsal.proxy.count("GET", USAGES)).toBe(1);
    expect(rehearsal.lines).toEqual([]);
  });

  it.each([1, 15, 20, 55])("waits until what was deleted comes free after %d s", async (seconds) => {
    inUse(seconds);
    const handler = handlerOf();
    await handler.delete();
    const waited = await secondsOf(() => handler.create(inputs));
    expect(waited).toBeGreaterThanOrEqual(seconds);
    expect(waited).toBeLessThan(seconds + 5);
    expect(rehearsal.lines[0]).toBe(
      `waited 0 s of up to 60 s · not enough quota yet (${QUOTA}: 250 of 250 in use; the deployment needs 1); capacity from a deleted deployment is released after 15 to 20 s`,
    );
    expect(rehearsal.lines.at(-1)).toMatch(/enough quota is free after \d+ s$/);
  });

  it.each([
    ["a minute after a deployment was deleted", true, 60],
    ["20 s where only a run that was cut off may have deleted one", false, 20],
  ])("leaves it to Azure to refuse what has no room: %s", async (_, deleted, seconds) => {
    inUse(3600);
    const handler = handlerOf();
    if (deleted) await handler.delete();
    const waited = await secondsOf(() => handler.create(inputs));
    expect(waited).toBeGreaterThanOrEqual(seconds);
    expect(waited).toBeLessThan(seconds + 5);
    expect(rehearsal.lines.at(-1)).toMatch(/not enough quota after \d+ s \(.+\); trying the deployment anyway$/);
  });

  it("waits for nothing where the quota itself is too small", async () => {
    expect(await secondsOf(() => handlerOf().create({ ...inputs, capacity: LIMIT + 1 }))).toBeLessThan(1);
    expect(rehearsal.lines).toEqual([
      `[deployment-quota teacher] not enough quota after 0 s (${QUOTA}: 0 of 250 in use; the deployment needs 251); trying the deployment anyway`,
    ]);
  });

  describe("where the quota can't be read", () => {
    it.each<[string, Fault]>([
      ["without the role", { status: 403, code: "AuthorizationFailed" }],
      ["with the service away", { status: 503 }],
    ])("%s, it sits out the time that a deployment's capacity takes", async (_, fault) => {
      rehearsal.proxy.disturb("GET", USAGES, fault, 100);
      const handler = handlerOf();
      await handler.delete();
      const waited = await secondsOf(() => handler.create(inputs));
      expect(waited).toBeGreaterThanOrEqual(20);
      expect(waited).toBeLessThan(30);
      expect(rehearsal.lines.join("\n")).toMatch(/could not be read: Reading the quotas of North Central US failed/);
    });

    it("waits for nothing where nothing was deleted", async () => {
      rehearsal.proxy.disturb("GET", USAGES, { status: 403, code: "AuthorizationFailed" });
      expect(await secondsOf(() => handlerOf().create(inputs))).toBeLessThan(1);
      expect(rehearsal.lines).toEqual([]);
    });

    it("does the same where the region lists no such quota", async () => {
      const handler = handlerOf();
      await handler.delete();
      const waited = await secondsOf(() => handler.create({ ...inputs, fineTunedModel: "another-model.ft-1" }));
      expect(waited).toBeGreaterThanOrEqual(19);
      expect(rehearsal.lines[0]).toMatch(/the region lists no Standard quota for another-model\.ft-1$/);
    });
  });

  it("ends with the engine", async () => {
    inUse(3600);
    const looks: number[] = [];
    const gone = rehearsal.newProcess({
      stopIfOrphaned: () => (looks.push(1) > 2 ? Promise.reject(new Error("the engine is gone")) : Promise.resolve()),
    });
    await expect(handlerOf(gone).create(inputs)).rejects.toThrow("the engine is gone");
  });
});

describe("diff", () => {
  it.each<[string, Partial<DeploymentQuotaInputs>, string[], boolean]>([
    ["nothing", {}, [], false],
    ["the region in other words", { location: "northcentralus" }, [], false],
    ["another model", { fineTunedModel: "gpt-4o-mini-2024-07-18.ft-2" }, ["fineTunedModel"], true],
    ["a model that is still trained", { fineTunedModel: UNKNOWN }, ["fineTunedModel"], true],
    ["another name", { deploymentName: "tutor" }, ["deploymentName"], true],
    ["another region", { location: "swedencentral" }, ["location"], true],
    ["more capacity", { capacity: 2 }, [], true],
    ["another deployment type", { sku: "GlobalStandard" }, [], true],
  ])("%s", async (_, changed, replaces, changes) => {
    const diff = await handler.diff("", state, { ...described, ...changed });
    expect(diff).toEqual({ changes, replaces, deleteBeforeReplace: true });
  });

  it("another account", async () => {
    const diff = await handler.diff("", state, { ...described, accountId: `${described.accountId}2` });
    expect(diff.replaces).toEqual(["accountId"]);
  });
});

it("update keeps the new figures, and asks nobody", async () => {
  const { outs } = await handler.update("", state, { ...described, capacity: 3 });
  expect(outs).toEqual({ ...state, capacity: 3 });
});
