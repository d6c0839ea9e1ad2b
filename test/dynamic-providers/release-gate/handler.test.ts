import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { releaseGateHandler } from "../../../dynamic-providers/release-gate/handler";
import type { ReleaseGateState } from "../../../dynamic-providers/release-gate/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
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

it("is no change, either, where the model is yet to be judged", async () => {
  expect(await gate().diff("gate", open, { rejected: UNKNOWN })).toEqual({ changes: false });
});

it("ends an `up` with the reason, again and again, and lets a preview through", async () => {
  const news = { rejected: "Version 2 did not pass." };
  expect((await gate().check({} as never, news)).failures).toEqual([]);
  await expect(gate().create(news)).rejects.toThrow("Version 2 did not pass.");
  expect(await gate().diff("gate", open, news)).toEqual({ changes: true });
  await expect(gate().update("gate", open, news)).rejects.toThrow("Version 2 did not pass.");
});
