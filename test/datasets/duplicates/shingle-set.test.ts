import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ShingleSet } from "../../../datasets/duplicates/shingle-set";

describe("ShingleSet", () => {
  it("gives each number once, in ascending order, however many there are", () => {
    const hash = fc.oneof(fc.nat(40), fc.integer({ min: 0, max: 0xffffffff }));
    fc.assert(
      fc.property(fc.array(hash, { maxLength: 1500, size: "max" }), (hashes) => {
        const set = new ShingleSet();
        for (const hash of hashes) set.add(hash);
        expect([...set.sorted()]).toEqual([...new Set(hashes)].sort((a, b) => a - b));
      }),
    );
  });
});
