import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bootstrapMean } from "../../../evaluation/statistics/bootstrap";
import table from "../../fixtures/metrics/reference-values.json";

/** What is promised; scipy's own ends vary by a tenth of it from seed to seed. */
const TOLERANCE = 0.01;

describe("the interval agrees with scipy.stats.bootstrap", () => {
  it.each(table.intervals.map(({ sample, interval }, index) => [index + 1, sample, interval] as const))(
    "on sample %i",
    (_, sample, [low, high]) => {
      const ours = bootstrapMean(sample);
      expect(Math.abs(ours.low - low!)).toBeLessThan(TOLERANCE);
      expect(Math.abs(ours.high - high!)).toBeLessThan(TOLERANCE);
    },
  );
});

const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 });

it("is the same every time, around the mean and within the values", () => {
  fc.assert(
    fc.property(scores, (values) => {
      const interval = bootstrapMean(values);
      expect(bootstrapMean([...values])).toEqual(interval);
      expect(interval.low).toBeLessThanOrEqual(interval.mean + 1e-12);
      expect(interval.high).toBeGreaterThanOrEqual(interval.mean - 1e-12);
      expect(interval.low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
      expect(interval.high).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
    }),
    { numRuns: 25 },
  );
});

it("has no width where all values are the same, and is zero of nothing", () => {
  expect(bootstrapMean([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, low: 0.1, high: 0.1 });
  expect(bootstrapMean([])).toEqual({ mean: 0, low: 0, high: 0 });
});
