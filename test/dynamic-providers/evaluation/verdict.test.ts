import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { foundIn, withComparison, withResult } from "../../../dynamic-providers/evaluation/remember";
import type { Found, ModelResult } from "../../../dynamic-providers/evaluation/schema";
import { type Question, scoresText, verdictOf } from "../../../dynamic-providers/evaluation/verdict";

const result = (model: string, scores: number[], test = "t"): ModelResult => ({
  ...{ test, model, scores: scoresText(scores) },
  ...{ refused: 0, unfinished: 0, ungraded: 0 },
});
const question: Question = {
  ...{ test: "t", against: ["serving", "base"], rule: {}, width: 1 },
  candidates: [{ model: "new", answersAs: "new" }],
};
const scores = [0.9, 0.8, 1, 0.7];
const found: Found = {
  results: [result("new", scores), result("old", [0.5, 0.5, 1, 0.9]), result("b@1", [0, 0, 0, 0])],
  comparisons: [
    {
      ...{ test: "t", against: ["serving", "base"], candidates: ["new"], evaluatedAt: 7 },
      opponents: [
        { name: "serving", model: "old" },
        { name: "base", model: "b@1" },
      ],
    },
  ],
};

describe("a verdict", () => {
  it.each<[string, Question["rule"], string[]]>([
    ["nothing is asked", {}, []],
    ["all is met", { minScore: 0.85, minGain: 0.125, maxRegressions: 0.25 }, []],
    [
      "nothing is met",
      { minScore: 0.9, minGain: 0.2, maxRegressions: 0.1 },
      [
        "its mean score is 0.850, below evaluation.minScore 0.9",
        "its gain over the serving model is +0.125, below evaluation.minGain 0.2",
        "the share of cases that are clearly worse than with the serving model is 25.0%, above evaluation.maxRegressions 10.0%",
      ],
    ],
    [
      "the interval's end counts",
      { minScore: 0.85, confident: true },
      [
        expect.stringMatching(
          /^the lower end of the 95% interval of its mean score is 0\.7\d\d, below evaluation/,
        ) as unknown as string,
      ],
    ],
  ])("where %s", (_, rule, reasons) => {
    const verdict = verdictOf(found, { ...question, rule })!;
    expect(verdict).toMatchObject({ passed: reasons.length === 0, reasons, model: "new", evaluatedAt: 7 });
    expect(verdict.summary).toMatch(
      /^0\.850 on 4 cases \(95% interval .*\); gain over the serving model \+0\.125 .*; gain over the base model \+0\.850 /,
    );
  });

  it("is missing where a score or the comparison is", () => {
    for (const model of ["new", "old", "b@1"]) {
      expect(
        verdictOf({ ...found, results: found.results.filter((one) => one.model !== model) }, question),
      ).toBeUndefined();
    }
    expect(verdictOf({ ...found, comparisons: [] }, question)).toBeUndefined();
    expect(verdictOf(found, { ...question, test: "another" })).toBeUndefined();
    expect(verdictOf(found, { ...question, against: ["base"] })).toBeUndefined();
  });

  it("has another key for another rule, and the same for the same", () => {
    const keyOf = (rule: Question["rule"]) => verdictOf(found, { ...question, rule })!.key;
    expect(keyOf({ minGain: 0, minScore: 0.5 })).toBe(keyOf({ minScore: 0.5, minGain: 0 }));
    expect(keyOf({ minGain: 0 })).not.toBe(keyOf({ minGain: 0.1 }));
  });
});

it("is the same from a state as right after the run", () => {
  const some = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(some, some, (one, other) => {
      const length = Math.min(one.length, other.length);
      const fresh: Found = {
        results: [result("new", one.slice(0, length)), result("old", other.slice(0, length))],
        comparisons: [{ ...found.comparisons[0]!, opponents: [{ name: "serving", model: "old" }] }],
      };
      const stored = JSON.parse(JSON.stringify(fresh)) as Found;
      expect(verdictOf(stored, question)).toEqual(verdictOf(fresh, question));
    }),
    { numRuns: 20 },
  );
});

it("forgets the oldest, and never what it was just compared with", () => {
  const baseline = result("base", [1]);
  let kept = withResult(foundIn(undefined), baseline);
  for (let number = 0; number < 60; number++) {
    kept = withResult(kept, result(`m${number}`, [0]));
    const opponents = [{ name: "base", model: "base" }];
    kept = withComparison(kept, {
      test: "t",
      against: ["base"],
      candidates: [`m${number}`],
      opponents,
      evaluatedAt: number,
    });
    const asked = { ...question, against: ["base"], candidates: [{ model: "m", answersAs: `m${number}` }] };
    expect(verdictOf(kept, asked)).toMatchObject({ evaluatedAt: number });
  }
  expect([kept.results.length, kept.comparisons.length]).toEqual([30, 20]);
});
