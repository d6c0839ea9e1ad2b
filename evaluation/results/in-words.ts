import { counted } from "../../format/count";
import { interval, score, share, signedScore } from "../../format/score";
import type { EvaluationSummary } from "../result";
import type { Check } from "../statistics/rule";

/** A condition and what was measured: `minScore: 0.812, expected at least 0.800`. */
export function checkInWords({ rule, against, bound, value }: Check): string {
  const show = rule === "maxRegressions" ? share : score;
  const relation = rule === "maxRegressions" ? "at most" : "at least";
  const where = against === undefined ? "" : ` against ${against}`;
  return `${rule}${where}: ${show(value)}, expected ${relation} ${show(bound)}`;
}

/** The figures in one line, without the verdict: `0.812 on 40 cases; against base +0.112 (95% interval -0.010 to +0.200)`. */
export function figuresInWords({ cases, models, comparisons }: EvaluationSummary): string {
  return [
    `${score(models[0]!.score.mean)} on ${counted(cases.count, "case")}`,
    ...comparisons.map(
      ({ against, difference }) =>
        `against ${against} ${signedScore(difference.mean)} (95% interval ${interval(difference, signedScore)})`,
    ),
  ].join("; ");
}

/** `passed`, `not passed`; without a rule there is nothing to pass. */
export function verdictInWords({ passed, checks }: EvaluationSummary["verdict"]): string {
  if (checks.length === 0) return "no rule set";
  return passed ? "passed" : "not passed";
}
