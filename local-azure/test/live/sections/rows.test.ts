import { expect, it } from "@jest/globals";
import { first, newest } from "../../../src/live/sections/rows";

const numbers = Array.from({ length: 1_234 }, (_, index) => index);

it("shows the newest 200, newest first, and makes no other row", () => {
  let made = 0;
  const { rows, more } = newest(numbers, (number) => {
    made += 1;
    return `row ${number}`;
  });
  expect(rows).toHaveLength(200);
  expect([rows[0], rows.at(-1), more, made]).toEqual(["row 1233", "row 1034", 1_034, 200]);
});

it("shows all of a short list", () => {
  expect(newest([1, 2, 3], String)).toEqual({ rows: ["3", "2", "1"], more: 0 });
  expect(newest([], String)).toEqual({ rows: [], more: 0 });
});

it("keeps an order of its own", () => {
  const { rows, more } = first(numbers);
  expect([rows[0], rows.at(-1), more]).toEqual([0, 199, 1_034]);
  expect(first(["b", "a"])).toEqual({ rows: ["b", "a"], more: 0 });
});
