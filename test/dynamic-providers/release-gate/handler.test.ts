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
