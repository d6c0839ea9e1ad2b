import { describe, expect, it } from "@jest/globals";
import { METRICS } from "../../../graders/metrics";
import { wordsOf } from "../../../graders/metrics/words";
import table from "../../fixtures/metrics/reference-values.json";

/** Sums of a few logarithms: two libraries of mathematics differ in the last bits. */
const TOLERANCE = 1e-9;

interface Row {
  answer: string;
  reference: string;
  values: { words: string[] } & Record<string, number>;
}
const pairs = table.pairs as unknown as Row[];

it("has fifty pairs and more, some of them Japanese", () => {
  expect(pairs.length).toBeGreaterThanOrEqual(50);
  const japanese = pairs.filter(({ reference }) => /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(reference));
  expect(japanese.length).toBeGreaterThanOrEqual(6);
});

describe.each(Object.keys(METRICS))("%s agrees with the public package", (name) => {
  it.each(pairs.map(({ answer, reference, values }, index) => [index + 1, answer, reference, values[name]!] as const))(
    "on pair %i",
    (_, answer, reference, wanted) => {
      expect(Math.abs(METRICS[name]!(answer, reference) - wanted)).toBeLessThan(TOLERANCE);
    },
  );
});

it.each(pairs.map(({ answer, values }, index) => [index + 1, answer, values.words] as const))(
  "takes the words of answer %i as nltk does",
  (_, answer, words) => {
    expect(wordsOf(answer)).toEqual(words);
  },
);
