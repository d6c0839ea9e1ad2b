import { expect, it } from "@jest/globals";

import { withoutUndefined } from "../../format/without-undefined";

it("drops undefined fields only, and changes nothing in place", () => {
  const given = { a: undefined, b: null, c: 0, d: "", e: false };

  expect(Object.entries(withoutUndefined(given))).toEqual([
    ["b", null],
    ["c", 0],
    ["d", ""],
    ["e", false],
  ]);
  expect(Object.keys(given)).toEqual(["a", "b", "c", "d", "e"]);
});
