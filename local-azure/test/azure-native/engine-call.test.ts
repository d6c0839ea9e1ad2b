import { once } from "node:events";
import { expect, it } from "@jest/globals";
import { messageOf, timedWait } from "../../src/azure-native/engine-call";

it("says what to do when an operation's time is over", async () => {
  const signal = AbortSignal.timeout(1);
  await once(signal, "abort");
  const error: unknown = await timedWait(1000, signal).catch((thrown: unknown) => thrown);
  expect(messageOf(error)).toMatch(/^The operation timed out\..*customTimeouts/);
});

it.each([
  [new Error("no"), "no"],
  ["text", "text"],
])("leaves %s as it is", (error, message) => {
  expect(messageOf(error)).toBe(message);
});
