import { describe, expect, it } from "@jest/globals";
import { histogramOf, statisticsOf, TokenCounts } from "../../datasets/statistics";

function countsOf(values: Iterable<number>): TokenCounts {
  const counts = new TokenCounts();
  for (const value of values) counts.add(value);
  return counts;
}

describe("statisticsOf", () => {
  // numpy.mean, median and quantile of the same values.
  it.each<[number[], number[]]>([
    [[1], [1, 1, 1, 1, 1, 1]],
    [
      [1, 2],
      [1.5, 1.5, 1.05, 1.1, 1.9, 1.95],
    ],
    [
      [1, 1, 2, 3, 4, 5, 6, 9],
      [3.875, 3.5, 1, 1, 6.8999999999999995, 7.949999999999998],
    ],
    [
      [7, 12, 65536, 99999],
      [41388.5, 32774, 7.75, 8.5, 89660.1, 94829.54999999999],
    ],
  ])("%j", (values, [mean, median, p5, p10, p90, p95]) => {
    const expected = { sum: values.reduce((sum, value) => sum + value), min: values[0], max: values.at(-1) };
    expect(statisticsOf(countsOf(values.reverse()))).toEqual({ ...expected, mean, median, p5, p10, p90, p95 });
  });

  it("is all zero for no values", () => {
    expect(new Set(Object.values(statisticsOf(countsOf([]))))).toEqual(new Set([0]));
  });
});

describe("histogramOf", () => {
  it("puts every value in one bin, the ends included", () => {
    const values = Uint32Array.from({ length: 1000 }, (_, i) => 10 + Math.floor((i * i) / 500)).sort();
    const { min, max, counts } = histogramOf(countsOf(values));
    expect([min, max]).toEqual([values[0], values.at(-1)]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(1000);
    expect(counts.at(-1)).toBeGreaterThan(0);
  });

  it("has one bin for one value", () => expect(histogramOf(countsOf([5, 5]))).toEqual({ min: 5, max: 5, counts: [2] }));
});
