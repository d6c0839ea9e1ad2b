import { bootstrapMean, type Interval } from "../../evaluation/statistics/bootstrap";
import { compare, type Comparison as Compared } from "../../evaluation/statistics/compare";
import { type Check, judge, type Rule, settingOf } from "../../evaluation/statistics/rule";
import { counted } from "../../format/count";
import { interval, score, share, signedScore } from "../../format/score";
import type { JudgedModel } from "../runtime/verdicts";
import { sha256 } from "./read-test";
import type { Found } from "./schema";

/** A model in question. */
export interface Candidate {
  /** Name to deploy. */
  model: string;
  /** What its answers are kept under. */
  answersAs: string;
}

/** What is to be judged, and how. */
export interface Question {
  test: string;
  against: string[];
  rule: Rule;
  /** Width of the grader's range; infinite where a formula decides. */
  width: number;
  /** The job's own model first: of equals it is chosen. */
  candidates: Candidate[];
}

/** What the results so far come to; undefined where some are missing. Of several candidates the one with the highest mean is judged. */
export function verdictOf({ results, comparisons }: Found, question: Question): JudgedModel | undefined {
  const { test, against, rule, width, candidates } = question;
  const done = comparisons.findLast((one) => isSame(one, question));
  const scoresOf = (model: string) => scoresIn(results.find((one) => one.test === test && one.model === model)?.scores);
  if (!done) return undefined;
  const scored = candidates.map(({ model, answersAs }) => ({ model, scores: scoresOf(answersAs) }));
  const others = done.opponents.map(({ name, model }) => ({ name, scores: scoresOf(model) }));
  if ([...scored, ...others].some(({ scores }) => scores === undefined)) return undefined;
  const best = scored.reduce((one, other) => (meanOf(other.scores!) > meanOf(one.scores!) ? other : one));
  const mean = bootstrapMean(best.scores!);
  const compared = others.map(({ name, scores }) => compare(name, best.scores!, scores!, width));
  const { passed, checks } = judge(rule, mean, compared);
  return {
    passed,
    reasons: checks.filter((check) => !check.passed).map((check) => reason(check, rule.confident ?? false)),
    summary: summaryOf(mean, compared, best.scores!.length),
    key: sha256([test, against, rule]),
    evaluatedAt: done.evaluatedAt,
    model: best.model,
  };
}

/** Whether a comparison is the one that is asked for: the opponents of then count, whoever serves by now. */
export function isSame(
  done: { test: string; against: string[]; candidates: string[] },
  { test, against, candidates }: Question,
): boolean {
  const equal = (one: string[], other: string[]) => JSON.stringify(one) === JSON.stringify(other);
  return (
    done.test === test &&
    equal(done.against, against) &&
    equal(
      done.candidates,
      candidates.map(({ answersAs }) => answersAs),
    )
  );
}

/** @returns undefined for no scores */
function scoresIn(text: string | undefined): number[] | undefined {
  return text === undefined ? undefined : text.split(" ").map(Number);
}

/** As a state holds them: a verdict is always computed from these, so that it is the same in every run. */
export function scoresText(scores: readonly number[]): string {
  return scores.map((score) => String(Number(score.toFixed(6)))).join(" ");
}

function meanOf(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** How sentences name a model that is compared with. */
export function inWords(opponent: string): string {
  if (opponent === "serving") return "the serving model";
  return opponent === "base" ? "the base model" : opponent;
}

function reason({ rule, against = "", bound, value }: Check, confident: boolean): string {
  const of = (what: string, end: string) => (confident ? `the ${end} end of the 95% interval of ${what}` : what);
  const setting = settingOf(rule);
  switch (rule) {
    case "minScore":
      return `${of("its mean score", "lower")} is ${score(value)}, below ${setting} ${bound}`;
    case "minGain":
      return `${of(`its gain over ${inWords(against)}`, "lower")} is ${signedScore(value)}, below ${setting} ${bound}`;
    case "maxRegressions":
      return `${of(`the share of cases that are clearly worse than with ${inWords(against)}`, "upper")} is ${share(value)}, above ${setting} ${share(bound)}`;
  }
}

function summaryOf(mean: Interval, compared: Compared[], cases: number): string {
  const gains = compared.map(
    ({ against, difference }) =>
      `gain over ${inWords(against)} ${signedScore(difference.mean)} (95% interval ${interval(difference, signedScore)})`,
  );
  return [`${score(mean.mean)} on ${counted(cases, "case")} (95% interval ${interval(mean)})`, ...gains].join("; ");
}
