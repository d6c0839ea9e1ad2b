import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { releaseGateHandler } from "../../../dynamic-providers/release-gate/handler";
import type { ReleaseGateState } from "../../../dynamic-providers/release-gate/schema";
import type { DeploymentRecord } from "local-azure/world/state";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { chatProbeHandler } from "../../../dynamic-providers/chat-probe/handler";
import type { ChatProbeState } from "../../../dynamic-providers/chat-probe/schema";
import { rehearse, type Rehearsal } from "../../support/rehearsal";

let rehearsal: Rehearsal;
beforeEach(async () => {
  rehearsal = await rehearse();
});
afterEach(() => rehearsal.close());

const open: ReleaseGateState = { rejected: "", stateVersion: 1 };
const gate = () => releaseGateHandler(rehearsal.newProcess());

it("lets an `up` end well whose newest model passed, and is no change from then on", async () => {
  const { inputs, failures } = await gate().check({} as never, { rejected: "" });
  expect(failures).toEqual([]);
  expect((await gate().create(inputs)).outs).toEqual(open);
  expect(await gate().diff("gate", open, inputs)).toEqual({ changes: false });
});

// A saved plan that holds `up` to no change has no room for the error; one with an update lets the gate be as it was.
it("says in a preview what it knows of an error, once", async () => {
  const process = rehearsal.newProcess();
  const handler = releaseGateHandler(process);
  const said: string[] = [];
  process.print = (line) => void said.push(line);
  await handler.check(open, { rejected: "" });
  await handler.check(open, { rejected: UNKNOWN });
  expect(said).toEqual([]);
  await handler.check(open, { rejected: "Version 2 did not pass." });
  await handler.check(open, { rejected: "Version 2 did not pass." });
  expect(said).toEqual(["[plan] `up` ends with an error after everything else: Version 2 did not pass."]);
});

it("is a change where the model is yet to be judged, so that `up` may end with the reason under a saved plan", async () => {
  const { inputs } = await gate().check(open, { rejected: UNKNOWN });
  expect(await gate().diff("gate", open, inputs)).toEqual({ changes: true });
});

it("ends an `up` with the reason, again and again, and lets a preview through", async () => {
  const news = { rejected: "Version 2 did not pass." };
  expect((await gate().check({} as never, news)).failures).toEqual([]);
  await expect(gate().create(news)).rejects.toThrow("Version 2 did not pass.");
  expect(await gate().diff("gate", open, news)).toEqual({ changes: true });
  await expect(gate().update("gate", open, news)).rejects.toThrow("Version 2 did not pass.");
});

const deployment = (name: string): DeploymentRecord => ({
  ...{ name, fineTuned: false, quota: "q", sku: { name: "Standard", capacity: 1 }, properties: {} },
  ...{ model: { format: "OpenAI", name: "gpt-4o-mini" }, createdBy: "", updatedBy: "" },
  ...{ createdAt: 0, updatedAt: 0, readyAt: 0, servingAt: 0, lastUsedAt: 0 },
});

describe("a destroy, which begins with it", () => {
  const guarded = (more: object = {}): ReleaseGateState => ({
    ...open,
    ...{ accountId: rehearsal.accountId, deploymentName: "tutor", fineTunedModel: "m", others: [] },
    ...more,
  });

  it("is stopped where the account has a deployment of somebody else, and not by the stack's own", async () => {
    rehearsal.account.deployments.push(deployment("tutor-0a1b2c"));
    await expect(gate().delete("gate", guarded())).resolves.toBeUndefined();
    rehearsal.account.deployments.push(deployment("somebody-elses"));
    await expect(gate().delete("gate", guarded())).rejects.toThrow(/somebody-elses\. Nothing has been deleted\./);
    await expect(gate().delete("gate", guarded({ others: ["somebody-elses"] }))).resolves.toBeUndefined();
  });

  it("lets a state of an earlier release go", async () => {
    await expect(gate().delete("gate", open)).resolves.toBeUndefined();
  });

  it.each<[string, string, boolean]>([
    ["of this model", "tutor", true],
    ["of this model, where each has its own", "tutor-0a1b2c", true],
    ["of another model", "tutor-two", false],
  ])(
    "the gate of such a state gets its guard in a run that asks a deployment anyway: %s",
    async (_name, asked, changes) => {
      const process = rehearsal.newProcess();
      process.liveIds.sawProgram();
      const { accountId } = rehearsal;
      const probed = { accountId, deploymentName: asked, fineTunedModel: "m-1", answer: "a" } as ChatProbeState;
      await chatProbeHandler(process).diff("probe", probed, { ...probed, fineTunedModel: "m-2", deployedAt: "now" });
      expect(await releaseGateHandler(process).diff("gate", open, guarded())).toEqual({ changes });
      expect(await releaseGateHandler(process).diff("gate", guarded(), guarded())).toEqual({ changes: false });
      expect((await gate().update("gate", open, guarded())).outs).toEqual(guarded());
    },
  );

  it("the gate of such a state does not change for its sake; another account, or another job, is a change", async () => {
    const changes = async (olds: ReleaseGateState, news: ReleaseGateState) =>
      (await gate().diff("gate", olds, news)).changes;
    expect(await changes(open, guarded())).toBe(false);
    expect(await changes(guarded(), guarded())).toBe(false);
    expect(await changes(guarded(), guarded({ fineTunedModel: UNKNOWN }))).toBe(false);
    expect(await changes(guarded({ destroyedJobs: ["1"] }), guarded({ destroyedJobs: ["2"] }))).toBe(true);
    expect(await changes(guarded({ destroyedJobs: ["1"] }), guarded({ destroyedJobs: UNKNOWN }))).toBe(true);
    expect(await changes(guarded(), guarded({ accountId: UNKNOWN }))).toBe(true);
  });
});
