import { expect, it } from "@jest/globals";
import { checkInWords, figuresInWords, verdictInWords } from "../../../evaluation/results/in-words";
import { madeUp } from "./made-up";

const scores = { new: [1, 0.5, 0.75], base: [0.5, 0.5, 0.5], old: [1, 1, 1] };

it("says the figures in one line, and each condition in another", () => {
  const { summary } = madeUp({ scores, rule: { minScore: 0.8, maxRegressions: 0.5 } });
  expect(figuresInWords(summary)).toBe(
    "0.750 on 3 cases; against base +0.250 (95% interval 0.000 to +0.500); against old -0.250 (95% interval -0.500 to 0.000)",
  );
  expect(summary.verdict.checks.map(checkInWords)).toEqual([
    "minScore: 0.750, expected at least 0.800",
    "maxRegressions against base: 0.0%, expected at most 50.0%",
    "maxRegressions against old: 66.7%, expected at most 50.0%",
  ]);
  expect(verdictInWords(summary.verdict)).toBe("not passed");
});

it("calls nothing passed that had nothing to pass", () => {
  expect(verdictInWords(madeUp({ scores }).summary.verdict)).toBe("no rule set");
  expect(verdictInWords(madeUp({ scores, rule: { minScore: 0.5 } }).summary.verdict)).toBe("passed");
});
