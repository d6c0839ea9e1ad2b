import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { PartialFailure } from "../../../dynamic-providers/runtime/partial-failure";
import { toState } from "../../../dynamic-providers/runtime/to-state";

it("leaves plain JSON as it is", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (state) => {
      expect(JSON.stringify(toState(state))).toBe(JSON.stringify(state));
    }),
  );
});

it("leaves undefined out and writes dates as text", () => {
  const state = { a: undefined, b: { c: undefined, d: [1, undefined] }, e: new Date(0) };
  expect(toState(state)).toStrictEqual({ b: { d: [1, null] }, e: "1970-01-01T00:00:00.000Z" });
});

it.each([1n, Symbol("s"), () => 1, Number.NaN, Infinity, new Map()])("refuses %s, and says where it is", (value) => {
  expect(() => toState({ a: [{ b: value }] })).toThrow(/^state\.a\[0\]\.b can't be stored as JSON/);
});

it("a partial failure carries inputs, provider text and state, and a reason to print", () => {
  const failure = new PartialFailure(
    "not yet",
    "id",
    { path: "a", __provider: "text" },
    { stateVersion: 1, fileId: undefined },
  );
  expect(failure).toMatchObject({ message: "not yet", id: "id", reasons: ["not yet"] });
  expect(failure.properties).toStrictEqual({ path: "a", __provider: "text", stateVersion: 1 });
});
