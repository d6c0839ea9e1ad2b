import { expect, it } from "@jest/globals";
import { duration, elapsed } from "../../format/duration";

it.each([
  [-5, "0 s"],
  [0, "0 s"],
  [1, "1 s"],
  [59_001, "60 s"],
  [89_000, "89 s"],
  [90_000, "2 min"],
  [12 * 60_000, "12 min"],
  [89 * 60_000, "89 min"],
  [90 * 60_000, "1 h 30 min"],
  [120 * 60_000, "2 h"],
  [12 * 60 * 60_000 + 1, "12 h 1 min"],
])("%d ms is %s", (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

it.each([
  [0, "0 s"],
  [59_400, "59 s"],
  [60_000, "1 min 0 s"],
  [133_000, "2 min 13 s"],
])("%d ms took %s", (milliseconds, text) => expect(elapsed(milliseconds)).toBe(text));
