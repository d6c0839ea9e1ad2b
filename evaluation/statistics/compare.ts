import { bootstrapMean, type Interval } from "./bootstrap";
import { isClearlyWorse, outcomeOf } from "./difference";

/** How one model does against another on the same cases. */
export interface Comparison {
  /** Name of the other model. */
  against: string;
  /** Mean of the paired differences: above 0, the first one is better. */
  difference: Interval;
  wins: number;
  ties: number;
  losses: number;
  /** Share of cases that are clearly worse: by more than a tenth of the grader's range. */
  regressions: Interval;
}

/**
 * @param scores - of the model, in the order of the cases; @param others - of the other one
 * @param width - of the grader's range; of a formula, which has none, 1 is taken
 */
export function compare(
  against: string,
  scores: readonly number[],
  others: readonly number[],
  width: number,
): Comparison {
  const differences = scores.map((score, index) => score - others[index]!);
  const wins = differences.filter((difference) => outcomeOf(difference) === "win").length;
  const losses = differences.filter((difference) => outcomeOf(difference) === "loss").length;
  return {
    against,
    difference: bootstrapMean(differences),
    ...{ wins, losses, ties: differences.length - wins - losses },
    regressions: bootstrapMean(differences.map((difference) => (isClearlyWorse(difference, width) ? 1 : 0))),
  };
}
