import { bootstrapMean, type Interval } from "./bootstrap";

/** Two scores that differ by less are the same: they come from the same sums in another order. */
const SAME = 1e-9;
/** A case is clearly worse from this share of the grader's range on: ours. */
const CLEARLY = 0.1;

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
  const clear = CLEARLY * (Number.isFinite(width) ? width : 1);
  const wins = differences.filter((difference) => difference > SAME).length;
  const losses = differences.filter((difference) => difference < -SAME).length;
  return {
    against,
    difference: bootstrapMean(differences),
    ...{ wins, losses, ties: differences.length - wins - losses },
    regressions: bootstrapMean(differences.map((difference) => (difference < -clear - SAME ? 1 : 0))),
  };
}
