import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import stringWidth from "string-width";
import { table } from "../../format/table";

const head = ["version", "status", "model"];
const rows = [
  ["2", "serving", "gpt-4o-mini.ft-2"],
  ["10", "", "gpt-4o-mini.ft-1"],
];

it("is drawn whole where there is room, or no terminal", () => {
  const whole = [
    "┌─────────┬─────────┬──────────────────┐",
    "│ version │ status  │ model            │",
    "├─────────┼─────────┼──────────────────┤",
    "│ 2       │ serving │ gpt-4o-mini.ft-2 │",
    "├─────────┼─────────┼──────────────────┤",
    "│ 10      │         │ gpt-4o-mini.ft-1 │",
    "└─────────┴─────────┴──────────────────┘",
  ].join("\n");
  expect(table(head, rows)).toBe(whole);
  expect(table(head, rows, 40)).toBe(whole);
});

it("has narrower cells where that is enough", () => {
  expect(table(head, rows, 39).split("\n").slice(0, 2)).toEqual([
    "┌───────┬───────┬────────────────┐",
    "│version│status │model           │",
  ]);
});

it("has each value in a line of its own where it is too wide, without those that are empty", () => {
  expect(table(head, rows, 33)).toBe(
    [
      "version  2",
      "status   serving",
      "model    gpt-4o-mini.ft-2",
      "",
      "version  10",
      "model    gpt-4o-mini.ft-1",
    ].join("\n"),
  );
});

it("has the value of a long name in the next line", () => {
  expect(table(["score", "a-name-of-a-deployment against"], [["0.7", "b"]], 20)).toBe(
    "score  0.7\na-name-of-a-deployment against\n  b",
  );
});

describe("in any terminal", () => {
  const cell = fc.stringMatching(/^[a-z0-9 .日本]{0,40}$/);
  it("no line of a drawn table is wider, and no value is broken", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 20, max: 140 }),
        (cells, columns) => {
          const text = table(head, cells, columns);
          const drawn = text.startsWith("┌") ? text.split("\n") : [];
          expect(Math.max(0, ...drawn.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
          for (const value of cells.flat()) expect(text).toContain(value);
        },
      ),
    );
  });
});
