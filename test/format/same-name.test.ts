import { expect, it } from "@jest/globals";
import { sameName } from "../../format/same-name";

it.each([
  ["Tuning", "tuning", true],
  ["tuning", "tuned", false],
  ["", "", true],
  ["tuning", undefined, false],
  [undefined, "tuning", false],
  [undefined, undefined, false],
])("%j and %j: %j", (one, other, same) => {
  expect(sameName(one, other)).toBe(same);
});
