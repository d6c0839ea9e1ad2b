import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { eitherWay } from "../../../dynamic-providers/model-versions/either-way";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";

it.each<[unknown, unknown, unknown]>([
  [1, 1, 1],
  [1, 2, UNKNOWN],
  [1, UNKNOWN, UNKNOWN],
  [
    { a: 1, b: "x" },
    { a: 1, b: "y" },
    { a: 1, b: UNKNOWN },
  ],
  [{ a: 1 }, {}, { a: UNKNOWN }],
  [
    [{ status: "kept" }, 2],
    [{ status: "serving" }, 2],
    [{ status: UNKNOWN }, 2],
  ],
  [[1], [1, 2], UNKNOWN],
  [[], {}, UNKNOWN],
  [null, undefined, null],
])("%j or %j: %j", (one, other, both) => {
  expect(eitherWay(one, other)).toEqual(both);
});

it("is what both are, where they are the same", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(eitherWay(value, value)).toEqual(value)));
});
