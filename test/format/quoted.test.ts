import { execFileSync } from "node:child_process";
import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { quoted } from "../../format/quoted";

it.each([
  ["data/a-b_1.jsonl", "data/a-b_1.jsonl"],
  ["my data/a.jsonl", "'my data/a.jsonl'"],
  ["$HOME/`id`", "'$HOME/`id`'"],
  ["~/a", "'~/a'"],
  ["", "''"],
])("%s", (argument, expected) => {
  expect(quoted(argument, "linux")).toBe(expected);
  expect(quoted(argument, "win32")).toBe(expected);
});

it("a quote is written as the system's own shell takes it", () => {
  expect(quoted("Ann's", "win32")).toBe("'Ann''s'");
  expect(quoted("Ann's", "darwin")).toBe("'Ann'\\''s'");
});

it("a POSIX shell reads every text back as one argument", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 30 }).filter((value) => !value.includes("\0"));
  fc.assert(
    fc.property(text, (value) => {
      const read = execFileSync("sh", ["-c", `printf %s ${quoted(value, "linux")}`], { encoding: "utf8" });
      expect(read).toBe(value);
    }),
    { numRuns: 40 },
  );
});
