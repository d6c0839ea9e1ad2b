import { expect, it } from "@jest/globals";
import { orList } from "../../format/or-list";

it.each<[string[], string]>([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a or b"],
  [["a", "b", "c"], "a, b or c"],
])("%j reads %s", (words, list) => {
  expect(orList(words)).toBe(list);
});
