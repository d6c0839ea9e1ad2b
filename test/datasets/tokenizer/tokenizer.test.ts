import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Tiktoken } from "js-tiktoken/lite";
import o200kBase from "js-tiktoken/ranks/o200k_base";
import { encodingTable } from "../../../datasets/tokenizer/encoding-table";
import { Tokenizer } from "../../../datasets/tokenizer/tokenizer";
import vectors from "./tiktoken-vectors.json";

let o200k: Tokenizer;
let cl100k: Tokenizer;
beforeAll(async () => {
  o200k = new Tokenizer(await encodingTable("o200k_base"));
  cl100k = new Tokenizer(await encodingTable("cl100k_base"));
});

/** js-tiktoken's regular expressions know another version of Unicode, and the white space of JavaScript: such characters are left out. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        " \n ",
        "'s",
        "'RE",
        "'ll",
        "don't",
        "/",
        "\n/",
        "<|endoftext|>",
        "HTMLParser",
        "aB",
        "123456",
      ),
      fc.string({ maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(..."aA0 .-é한日かカ漢ñßçΩжя中文🎉´\u0301"), maxLength: 20 }),
      fc
        .tuple(fc.constantFrom("a", "A", " ", "0", "!", "あ", "é", "ab"), fc.integer({ min: 1, max: 120 }))
        .map(([unit, times]) => unit.repeat(times)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

describe("Tokenizer", () => {
  it("gives js-tiktoken's tokens for o200k_base, and the count of them twice (from the cache too)", () => {
    const reference = new Tiktoken(o200kBase);
    fc.assert(
      fc.property(text, (sample) => {
        const expected = reference.encode(sample, [], []);
        expect(o200k.encode(sample)).toEqual(expected);
        expect([o200k.countText(sample), o200k.countText(sample)]).toEqual([expected.length, expected.length]);
      }),
      { numRuns: 300 },
    );
  });

  // Random text over all classes of Unicode, special-token text and lone surrogates, with the tokens that PyPI tiktoken 0.14 gives
  // for it: encode(text, disallowed_special=()).
  it.each(["o200k_base", "cl100k_base"] as const)("gives the tokens of PyPI's tiktoken for %s", (encoding) => {
    const tokenizer = encoding === "o200k_base" ? o200k : cl100k;
    const differing = vectors[encoding].filter(
      ([sample, tokens]) => !isDeepStrictEqual(tokenizer.encode(sample as string), tokens),
    );
    expect(differing).toEqual([]);
    expect(vectors[encoding].length).toBeGreaterThan(200);
  });

  it("takes time linear in the length of a run", () => {
    const time = (length: number) => {
      const run = "a".repeat(length);
      const start = process.cpuUsage();
      o200k.countText(run);
      return process.cpuUsage(start).user + process.cpuUsage(start).system + 2000;
    };
    time(1 << 16);
    // Sixteen times the length: quadratic time would be 256 times as much.
    expect(time(1 << 20) / time(1 << 16)).toBeLessThan(80);
  });
});
