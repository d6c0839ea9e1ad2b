import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { kernelFor } from "../../../datasets/tokenizer/kernel-for-table";
import type { Kernel } from "../../../datasets/kernel/kernel";
import { BytePairTable } from "../../../datasets/tokenizer/byte-pair-table";
import { encodingTable } from "../../../datasets/tokenizer/encoding-table";

/** Longest piece of the way for short ones. */
const SHORT = 20;
let kernel: Kernel;
let table: BytePairTable;
beforeAll(async () => {
  kernel = kernelFor(await encodingTable("o200k_base"));
  kernel.reserve(2_000_000, 0);
  table = new BytePairTable(kernel);
});

/** The definition, without any of the shortcuts: merges the leftmost pair of lowest rank until none is left. */
function encodePlainly(bytes: Uint8Array): number[] {
  const tokens = [...bytes].map((byte) => table.oneByte[byte]!);
  for (;;) {
    const merged = tokens.slice(1).map((token, i) => table.merged(tokens[i]!, token));
    const lowest = Math.min(...merged, Infinity);
    if (lowest >= table.size) return tokens;
    tokens.splice(merged.indexOf(lowest), 2, lowest);
  }
}

const encode = (bytes: Uint8Array) => {
  const end = kernel.put(bytes, 0, bytes.length);
  const out = (end + 7) & ~3;
  const count = kernel.exports.encodeTo(kernel.source, end, out);
  return [...kernel.words.subarray(out / 4, out / 4 + count)];
};

describe("encodeTo", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 80 }),
    fc
      .string({ unit: fc.constantFrom(..."abcdefgeestin_ "), minLength: 1, maxLength: 120 })
      .map((text) => Buffer.from(text)),
    fc
      .string({ unit: fc.constantFrom(..."人工知能とは何ですか学習"), minLength: 1, maxLength: 40 })
      .map((text) => Buffer.from(text)),
    fc
      .tuple(fc.constantFrom("a", "ab", "=", "あ"), fc.integer({ min: 1, max: 150 }))
      .map(([unit, times]) => Buffer.from(unit.repeat(times))),
  );

  it("encodes any bytes as the definition does", () => {
    fc.assert(
      fc.property(bytes, (piece) => expect(encode(piece)).toEqual(encodePlainly(piece))),
      { numRuns: 500 },
    );
  });

  it("agrees between its two ways where one hands over to the other", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: SHORT, maxLength: SHORT }), fc.nat(255), (piece, next) => {
        const longer = Uint8Array.from([...piece, next]);
        expect([encode(piece), encode(longer)]).toEqual([encodePlainly(piece), encodePlainly(longer)]);
      }),
      { numRuns: 300 },
    );
  });

  it("forgets nothing between pieces, and reads long ones", () => {
    const long = Buffer.from("xyzzy".repeat(40_000));
    const bytesOfTokens = encode(long).reduce((sum, token) => sum + table.lengths[token]!, 0);
    expect(bytesOfTokens).toBe(long.length);
    const word = Buffer.from("counterrevolutionaries_of_Zanzibar");
    expect(encode(word)).toEqual(encodePlainly(word));
  });
});
