import { describe, expect, it } from "@jest/globals";
import { getEncoding } from "js-tiktoken";
import { countTokens, decode, encode } from "../../../src/data-plane/training/tokenizer";

describe("o200k_base", () => {
  const reference = getEncoding("o200k_base");
  it.each([
    "",
    "What is artificial intelligence?",
    "人工知能とは何ですか?\n\n機械学習。",
    "  spaces   and\ttabs\r\nIt's 12345 O'Reilly's café",
    "<|endoftext|> is plain text here",
    "🙂👩‍👩‍👧 emoji",
  ])("counts %j as the library does", (text) => {
    expect(encode(text)).toEqual(reference.encode(text, [], []));
    expect(decode(encode(text))).toBe(text);
  });

  it("is quick with a run of letters that has no end", () => {
    const before = Date.now();
    expect(countTokens("あ".repeat(100_000))).toBeGreaterThan(1000);
    expect(Date.now() - before).toBeLessThan(2000);
  });
});
