import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { differenceBins } from "../../../../report/page/evaluation/difference-bins";

it.each<[number[], ReturnType<typeof differenceBins>]>([
  [[0, 0], { width: 0.1, middles: [-0.1, 0, 0.1], counts: [0, 2, 0] }],
  [[], { width: 0.1, middles: [-0.1, 0, 0.1], counts: [0, 0, 0] }],
])("%j", (differences, bins) => expect(differenceBins(differences)).toEqual(bins));

it("gives a yes/no grader its three bars at -1, 0 and 1", () => {
  const { middles, counts } = differenceBins([-1, 0, 0, 1, 1, 1]);
  const drawn = middles.flatMap((middle, bar) =>
    counts[bar] ? [[Math.round(middle * 1000) / 1000, counts[bar]]] : [],
  );
  expect(drawn).toEqual([
    [-1, 1],
    [0, 2],
    [1, 3],
  ]);
});

it("counts every difference once, in a bar that it lies in, as many bars below 0 as above", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { maxLength: 50 }), (differences) => {
      const { width, middles, counts } = differenceBins(differences);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(differences.length);
      expect(middles.length % 2).toBe(1);
      expect(middles.length).toBeLessThanOrEqual(25);
      expect(middles[(middles.length - 1) / 2]).toBe(0);
      const inside = (bar: number) =>
        differences.filter((one) => Math.abs(one - middles[bar]!) < width * (0.5 - 1e-6)).length;
      counts.forEach((count, bar) => expect(count).toBeGreaterThanOrEqual(inside(bar)));
    }),
  );
});
