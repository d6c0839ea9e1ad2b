import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { allSteps, rangeBetween, readStep } from "../../../report/page/step-range";

const all = { from: 1, to: 204 };

describe("rangeBetween", () => {
  it.each([
    ["forwards", 40, 80, { from: 40, to: 80 }],
    ["backwards", 80, 40, { from: 40, to: 80 }],
    ["between two steps", 40.4, 79.6, { from: 40, to: 80 }],
    ["a single step", 40, 40, { from: 40, to: 41 }],
    ["the last step", 204, 300, { from: 203, to: 204 }],
    ["beyond both ends", -5, 900, undefined],
    ["exactly all", 1, 204, undefined],
  ])("%s", (_, one, other, range) => {
    expect(rangeBetween(one, other, all)).toEqual(range);
  });

  it("never leaves the steps, and always has a width", () => {
    const step = fc.double({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(step, step, (one, other) => {
        const { from, to } = rangeBetween(one, other, all) ?? all;
        expect(from).toBeGreaterThanOrEqual(1);
        expect(to).toBeLessThanOrEqual(204);
        expect(to).toBeGreaterThan(from);
      }),
    );
  });
});

describe("allSteps", () => {
  it.each([
    ["a training that has ended", [1, 2, 204], undefined, { from: 1, to: 204 }],
    ["one that is still running: up to the last expected step", [1, 2, 19], 204, { from: 1, to: 204 }],
    ["one that is longer than expected", [1, 210], 204, { from: 1, to: 210 }],
    ["its first step", [1], undefined, { from: 1, to: 2 }],
  ])("of %s", (_, steps, expected, range) => {
    expect(allSteps(steps, expected)).toEqual(range);
  });
});

it.each([
  [undefined, undefined, undefined],
  [undefined, { from: 1, to: 25 }, 20],
  [10, { from: 1, to: 25 }, 10],
  [10, undefined, 10],
])("reads the values at the chosen step %s in %j", (chosen, zoom, step) => {
  expect(readStep([1, 10, 20, 30], chosen, zoom)).toBe(step);
});
