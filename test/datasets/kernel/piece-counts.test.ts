import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { kernelFor } from "../../../datasets/tokenizer/kernel-for-table";
import type { Kernel } from "../../../datasets/kernel/kernel";
import { encodingTable } from "../../../datasets/tokenizer/encoding-table";

/** Lengths around which pieces are kept in different tables, or not at all, and more pieces than a batch takes. */
const LENGTHS = [1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 32, 120, 121, 130];
const MOST_PIECES = 150;

let kernel: Kernel;
beforeAll(async () => {
  kernel = kernelFor(await encodingTable("o200k_base"));
});

/** Counts a text as a whole, as it is counted in a dataset. */
function count(text: string): number {
  const end = kernel.putText(text);
  return kernel.exports.count(kernel.source, end);
}

/** Encodes each piece, without what was counted before. */
function countPlainly(text: string): number {
  kernel.reserve(16 * text.length + 64, 0);
  const { exports, source } = kernel;
  const end = kernel.putText(text);
  const out = (end + 7) & ~3;
  let total = 0;
  for (let at = source; at < end;) {
    const next = exports.endOfPiece(at, end);
    total += exports.encodeTo(at, next, out);
    at = next;
  }
  return total;
}

/** Words of few letters, so that many differ in one place only, and lengths where a word of 8 bytes or a table ends. */
const word = fc
  .tuple(fc.constantFrom(...LENGTHS), fc.constantFrom("a", "e", "ー", "\u0000", "т"), fc.string({ maxLength: 3 }))
  .map(([length, fill, end]) => fill.repeat(Math.ceil(length / Buffer.byteLength(fill))) + end);
const text = fc
  .array(word, { minLength: 1, maxLength: 12 })
  .chain((words) => fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: MOST_PIECES }))
  .map((words) => words.join(" "));

describe("count", () => {
  it("counts pieces that it has seen as those that it hasn't", () => {
    fc.assert(
      fc.property(text, (text) => {
        const expected = countPlainly(text);
        expect([count(text), count(text), count(text)]).toEqual([expected, expected, expected]);
      }),
      { numRuns: 300 },
    );
  });

  it("tells pieces apart that differ in their last byte, in a NUL behind, or in their length alone", () => {
    for (const length of LENGTHS) {
      const letters = "x".repeat(length);
      for (const piece of [letters, `${letters}\u0000`, `${letters}y`, letters.slice(1), `\u0000${letters}`])
        expect([piece, count(piece), count(piece)]).toEqual([piece, countPlainly(piece), countPlainly(piece)]);
    }
  });

  it("keeps the counts of more pieces than it has room for apart", () => {
    const words = Array.from({ length: 30_000 }, (_, i) => ` w${(i * 7919).toString(36)}ord`);
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < words.length; i += 1000) {
        const part = words.slice(i, i + 1000).join("");
        expect(count(part)).toBe(countPlainly(part));
      }
    }
  });
});
