import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { smoothed } from "../../../report/page/smoothing";

const weight = fc.double({ min: 0, max: 0.99, noNaN: true });
const loss = fc.double({ min: 0, max: 100, noNaN: true });
const values = fc.array(fc.option(loss), { minLength: 1, maxLength: 60 });

it("is TensorBoard's average: each value weighs less than the next, and the first ones are not drawn to 0", () => {
  // 0.5 * 4 / 0.5; (0.5 * 2 + 0.5 * 8) / 0.75; (0.5 * 5 + 0.5 * 1) / 0.875
  const [first, second, third] = smoothed([4, 8, 1], 0.5);
  expect(first).toBeCloseTo(4);
  expect(second).toBeCloseTo(20 / 3);
  expect(third).toBeCloseTo(3 / 0.875);
});

it("leaves the curve alone without a weight, and gaps where they are", () => {
  expect(smoothed([3, null, 1], 0)).toEqual([3, null, 1]);
  expect(smoothed([null, 2, null, 2], 0.9).map((value) => value && Number(value.toFixed(9)))).toEqual([
    null,
    2,
    null,
    2,
  ]);
});

it("stays between the lowest and the highest value, and has gaps where they are", () => {
  fc.assert(
    fc.property(values, weight, (row, by) => {
      const known = row.filter((value) => value !== null);
      const result = smoothed(row, by);
      expect(result.map((value) => value === null)).toEqual(row.map((value) => value === null));
      for (const value of result.filter((one) => one !== null)) {
        expect(value).toBeGreaterThanOrEqual(Math.min(...known) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...known) + 1e-9);
      }
    }),
  );
});
