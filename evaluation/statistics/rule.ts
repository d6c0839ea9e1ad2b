import { EvaluationRefusal } from "../refusal";
import type { Interval } from "./bootstrap";
import type { Comparison } from "./compare";

/** What a model must reach to pass. Without any of the three it passes. */
export interface Rule {
  /** Least mean score. */
  minScore?: number;
  /** Least mean difference with each model that it is compared with; may be negative. */
  minGain?: number;
  /** Largest share of cases, 0 to 1, that are clearly worse than with each of them. */
  maxRegressions?: number;
  /** Whether the interval's unfavourable end must reach it, not the mean. Default false. */
  confident?: boolean;
}

/** One condition and what was measured. */
export interface Check {
  rule: "minScore" | "minGain" | "maxRegressions";
  /** Of a comparison. */
  against?: string;
  bound: number;
  /** The mean, or the interval's unfavourable end. */
  value: number;
  passed: boolean;
}

export interface Verdict {
  passed: boolean;
  checks: Check[];
}

/** What a condition, or what names the models to compare with, is called where it was set: a setting's whole path, or an option of a command line. */
export type NameOf = (what: Check["rule"] | "against") => string;

/** As settings of a stack. */
export const settingOf: NameOf = (what) => `evaluation.${what}`;

/** @throws EvaluationRefusal for a rule that nothing can meet, or that lacks what it compares with */
export function requirePossible(
  rule: Rule,
  range: { least: number; most: number },
  baselines: number,
  nameOf: NameOf,
): void {
  const { minScore, minGain, maxRegressions } = rule;
  const [least, gain, most] = [nameOf("minScore"), nameOf("minGain"), nameOf("maxRegressions")];
  const refuse = (sentence: string): never => {
    throw new EvaluationRefusal(sentence);
  };
  if (minScore !== undefined && minScore > range.most)
    refuse(`${least} is ${minScore}, but the grader's highest possible score is ${range.most}. Lower ${least}.`);
  const width = range.most - range.least;
  if (minGain !== undefined && minGain > width)
    refuse(`${gain} is ${minGain}, but two scores of this grader differ by at most ${width}. Lower ${gain}.`);
  if (maxRegressions !== undefined && (maxRegressions < 0 || maxRegressions > 1))
    refuse(`${most} is ${maxRegressions}; expected a share from 0 to 1.`);
  const compared = minGain !== undefined ? gain : maxRegressions !== undefined ? most : undefined;
  if (compared && baselines === 0) {
    refuse(
      `${compared} compares with another model, but there is only one. Add one with ${nameOf("against")}, or remove ${compared}.`,
    );
  }
}

/** Holds a model's score and comparisons against the rule. */
export function judge(rule: Rule, score: Interval, comparisons: readonly Comparison[]): Verdict {
  const { minScore, minGain, maxRegressions, confident = false } = rule;
  const checks: Check[] = [];
  const atLeast = (name: Check["rule"], bound: number, { mean, low }: Interval, against?: string) => {
    const value = confident ? low : mean;
    checks.push({ rule: name, ...(against === undefined ? {} : { against }), bound, value, passed: value >= bound });
  };
  if (minScore !== undefined) atLeast("minScore", minScore, score);
  for (const { against, difference, regressions } of comparisons) {
    if (minGain !== undefined) atLeast("minGain", minGain, difference, against);
    if (maxRegressions === undefined) continue;
    const value = confident ? regressions.high : regressions.mean;
    checks.push({ rule: "maxRegressions", against, bound: maxRegressions, value, passed: value <= maxRegressions });
  }
  return { passed: checks.every(({ passed }) => passed), checks };
}
