import { expect, it } from "@jest/globals";
import { hasUnknown, isUnknown, UNKNOWN } from "../../../dynamic-providers/runtime/unknown";

it("knows the engine's text for unknown values", () => {
  expect(isUnknown("04da6b54-80e4-46f7-96ec-b56ff0331ba9")).toBe(true);
  expect([undefined, null, "", {}, [UNKNOWN]].some(isUnknown)).toBe(false);
});

it.each([UNKNOWN, [UNKNOWN], { a: [{ b: UNKNOWN }] }])("finds it in %j", (value) => {
  expect(hasUnknown(value)).toBe(true);
});

it.each([undefined, null, 1, "text", [], { a: [{ b: "c" }] }])("doesn't find it in %j", (value) => {
  expect(hasUnknown(value)).toBe(false);
});
