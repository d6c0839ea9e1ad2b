import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { StepMetrics } from "../../dynamic-providers/trained-model/schema";
import { lossGap, WIDE } from "../../report/loss-gap";

/** Two epochs of two steps, with the whole validation file after each. */
const steps = (validation: number): StepMetrics[] => [
  { step: 1, trainLoss: 9, validLoss: 1 },
  { step: 2, trainLoss: 7, fullValidLoss: 8 },
  { step: 3, trainLoss: 4 },
  { step: 4, trainLoss: 2, fullValidLoss: validation },
];

describe("lossGap", () => {
  it("compares the last whole-file validation with the mean of its epoch", () => {
    expect(lossGap(steps(3.5))).toEqual({ step: 4, training: 3, validation: 3.5 });
  });

  it("names a wide one, without a verdict", () => {
    const { wide } = lossGap(steps(3 + Math.log(80)))!;
    expect(wide).toMatch(
      /^Wide gap at step 4: the loss over the validation file is 7\.382, .* that epoch is 3\.000\. .* 80 times less/,
    );
    expect(wide).toMatch(/causes are overfitting, /);
  });

  it.each([
    ["just wide", WIDE, true],
    ["not quite", WIDE - 1e-9, false],
    ["none", 0, false],
    ["the other way round", -2, false],
  ])("%s", (_, above, wide) => {
    expect(lossGap(steps(3 + above))!.wide !== undefined).toBe(wide);
  });

  it.each<[string, StepMetrics[]]>([
    ["no steps", []],
    ["batches alone", [{ step: 1, trainLoss: 1, validLoss: 9 }]],
    [
      "no training loss since the evaluation before",
      [
        { step: 1, trainLoss: 1, fullValidLoss: 9 },
        { step: 2, fullValidLoss: 9 },
      ],
    ],
  ])("is not told from %s", (_, rows) => {
    expect(lossGap(rows)).toBeUndefined();
  });

  it("is no other where steps after the last evaluation are added", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 20, noNaN: true })), (later) => {
        const more = later.map((trainLoss, index) => ({ step: 5 + index, trainLoss, validLoss: trainLoss }));
        expect(lossGap([...steps(5), ...more])).toEqual(lossGap(steps(5)));
      }),
    );
  });
});
