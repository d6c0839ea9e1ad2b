import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { BytePairEncoder } from "../../../datasets/tokenizer/byte-pair-encoder";
import { BytePairTable } from "../../../datasets/tokenizer/byte-pair-table";
import { encodingTable } from "../../../datasets/tokenizer/encoding-table";
import { mergeShort, SHORT } from "../../../datasets/tokenizer/merge-short";

let table: BytePairTable;
beforeAll(async () => {
  table = new BytePairTable((await encodingTable("o200k_base")).memory);
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
  const encoder = new BytePairEncoder(table);
  const count = encoder.encode(bytes, 0, bytes.length);
  return [...encoder.tokens.subarray(0, count)];
};

describe("BytePairEncoder", () => {
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
        const ranks = new Int32Array(SHORT);
        const short = mergeShort(table, piece, 0, SHORT, ranks);
        expect([...ranks.subarray(0, short)]).toEqual(encodePlainly(piece));
        const longer = Uint8Array.from([...piece, next]);
        expect(encode(longer)).toEqual(encodePlainly(longer));
      }),
      { numRuns: 300 },
    );
  });

  it("forgets nothing between pieces, and grows for long ones", () => {
    const encoder = new BytePairEncoder(table);
    const long = Buffer.from("xyzzy".repeat(40_000));
    const count = encoder.encode(long, 0, long.length);
    const bytesOfTokens = encoder.tokens.subarray(0, count).reduce((sum, token) => sum + table.lengths[token]!, 0);
    expect(bytesOfTokens).toBe(long.length);
    const word = Buffer.from("counterrevolutionaries_of_Zanzibar");
    encoder.encode(long, 0, long.length);
    expect([...encoder.tokens.subarray(0, encoder.encode(word, 0, word.length))]).toEqual(encodePlainly(word));
  });
});
