import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bootstrapMean } from "../../../evaluation/statistics/bootstrap";
import { compare } from "../../../evaluation/statistics/compare";
import { judge, requirePossible, type Rule, settingOf } from "../../../evaluation/statistics/rule";

const score = fc.double({ min: 0, max: 1, noNaN: true });

it("counts every case once, and turned round is the opposite", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(score, score), { minLength: 1, maxLength: 30 }), (pairs) => {
      const [ours, theirs] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
      const there = compare("b", ours, theirs, 1);
      const back = compare("a", theirs, ours, 1);
      expect(there.wins + there.ties + there.losses).toBe(pairs.length);
      expect([back.wins, back.ties, back.losses]).toEqual([there.losses, there.ties, there.wins]);
      expect(back.difference.mean).toBeCloseTo(-there.difference.mean, 12);
      expect(there.regressions.mean * pairs.length).toBeLessThanOrEqual(there.losses + 1e-9);
    }),
    { numRuns: 20 },
  );
});

it("takes a tenth of the range for clearly worse", () => {
  expect(compare("b", [1, 1, 1, 1], [1.3, 1.4, 1.5, 2], 4).regressions.mean).toBe(0.5);
  expect(compare("b", [0, 0], [0.1, 0.2], Infinity).regressions.mean).toBe(0.5);
});

describe("a rule", () => {
  const even = bootstrapMean([0.5, 0.7]);
  const better = compare("b", [0.5, 0.7, 0.6, 0.9], [0.4, 0.4, 0.7, 0.5], 1);

  it.each<[string, Rule, boolean]>([
    ["none", {}, true],
    ["minScore met", { minScore: 0.6 }, true],
    ["minScore missed", { minScore: 0.61 }, false],
    ["minScore, confident", { minScore: 0.6, confident: true }, false],
    ["minGain met", { minGain: 0.1 }, true],
    ["minGain, confident", { minGain: 0.15, confident: true }, false],
    ["maxRegressions met", { maxRegressions: 0 }, true],
    ["one of two missed", { minScore: 0.9, minGain: 0 }, false],
  ])("%s", (_, rule, passed) => {
    const verdict = judge(rule, even, [better]);
    expect(verdict.passed).toBe(passed);
    expect(verdict.passed).toBe(verdict.checks.every((check) => check.passed));
  });

  it.each<[string, Rule, number, string]>([
    [
      "more than the grader gives",
      { minScore: 1.2 },
      1,
      "evaluation.minScore is 1.2, but the grader's highest possible score is 1. Lower evaluation.minScore.",
    ],
    [
      "a gain beyond its range",
      { minGain: 1.5 },
      1,
      "evaluation.minGain is 1.5, but two scores of this grader differ by at most 1",
    ],
    ["no share", { maxRegressions: 5 }, 1, "evaluation.maxRegressions is 5; expected a share from 0 to 1."],
    [
      "nothing to compare with",
      { minGain: 0.1 },
      0,
      "evaluation.minGain compares with another model, but there is only one. Add one with evaluation.against, or remove evaluation.minGain.",
    ],
    ["nothing to be worse than", { maxRegressions: 0.1 }, 0, "evaluation.maxRegressions compares with another model"],
  ])("that asks for %s is refused", (_, rule, baselines, message) => {
    expect(() => requirePossible(rule, { least: 0, most: 1 }, baselines, settingOf)).toThrow(message);
  });
});
