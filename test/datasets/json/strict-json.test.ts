import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { findJsonFaults } from "../../../datasets/json/strict-json";

const faults = (text: string) => {
  const bytes = Buffer.from(`xx${text}yy`);
  return findJsonFaults(bytes, 2, bytes.length - 2);
};
const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("findJsonFaults", () => {
  it("accepts what JSON.parse accepts", () => {
    fc.assert(fc.property(fc.json(), (text) => expect(faults(text).error).toBeUndefined()));
  });

  it("refuses what JSON.parse refuses, and nothing else, in text with a random change", () => {
    const change = fc.tuple(
      fc.nat(),
      fc.constantFrom("", "{", "}", "[", "]", ",", ":", '"', "\\", "0", "-", "e", ".", "\n", "\t", "tru", "\\u12", " "),
    );
    fc.assert(
      fc.property(fc.json(), fc.array(change, { minLength: 1, maxLength: 3 }), (json, changes) => {
        let text = json;
        for (const [place, insert] of changes) {
          const at = place % (text.length + 1);
          text = text.slice(0, at) + insert + text.slice(insert === "" ? at + 1 : at);
        }
        fc.pre(!/[\ud800-\udfff]/.test(text));
        expect(faults(text).error === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["\ufeff{}", "it contains the invisible character U+FEFF; remove it"],
    ["{}\u200b", "it contains the invisible character U+200B; remove it"],
    ["{\u00a0}", "it contains the invisible character U+00A0; remove it"],
    ["[1\u2003]", "it contains the invisible character U+2003; remove it"],
    ["{}\r{}", "a line ends with only a carriage return (CR); save the file with LF line endings (Unix)"],
    ["{} {}", "there is more text after the value; write one JSON object per line"],
  ])("%j: %s", (text, reason) => expect(faults(text).error?.reason).toBe(reason));

  it.each([
    ['{"a":1,"a":2}', ["a"]],
    ['{"a":1,"\\u0061":2}', ["a"]],
    ['{"a":{"b":1},"b":{"b":2}}', []],
    ['[{"a":1},{"a":1}]', []],
    ['{"a":1,"a":2,"a":3,"b":0,"b":0}', ["a", "b"]],
    ['{"__proto__":1,"__proto__":2}', ["__proto__"]],
  ])("%s: keys twice %j", (text, keys) => expect(faults(text).duplicateKeys).toEqual(keys));

  it.each([
    ['"\\ud83d\\ude00"', false],
    ['"\\ud83d"', true],
    ['"\\ude00"', true],
    ['"\\ud83dx\\ude00"', true],
    ['"\\ud83d\\ud83d\\ude00"', true],
    ['"\\ud83d\\n"', true],
    ['"\\u0041"', false],
  ])("%s: lone surrogate %j", (text, lone) => expect(faults(text).loneSurrogate).toBe(lone));

  it("refuses nesting that other readers give up on, without a stack overflow", () => {
    expect(faults("[".repeat(100_000)).error?.reason).toContain("nested");
    expect(faults(`${"[".repeat(256)}${"]".repeat(256)}`).error).toBeUndefined();
  });
});
