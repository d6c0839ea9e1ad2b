import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { sparkline } from "../../../dynamic-providers/trained-model/sparkline";

it.each([
  [[], ""],
  [[1], "▁"],
  [[3, 3, 3], "▁▁▁"],
  [[0, 7], "▁█"],
  [[7, 6, 5, 4, 3, 2, 1, 0], "█▇▆▅▄▃▂▁"],
])("%j is drawn as %s", (values, line) => expect(sparkline(values)).toBe(line));

it("is as long as there are values, up to the width, and touches top and bottom", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 60 }), (list, width) => {
      const line = sparkline(list, width);
      expect(line).toHaveLength(Math.min(width, list.length));
      expect(line).toContain("▁");
    }),
  );
});
