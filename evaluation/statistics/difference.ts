/** Two scores that differ by less are the same: they come from the same sums in another order. */
const SAME = 1e-9;
/** A case is clearly worse from this share of the grader's range on: ours. */
const CLEARLY = 0.1;

export type Outcome = "win" | "tie" | "loss";

/** @param difference - of two scores of one case: above 0, the first one is better */
export function outcomeOf(difference: number): Outcome {
  return difference > SAME ? "win" : difference < -SAME ? "loss" : "tie";
}

/**
 * Whether a case is clearly worse: by more than a tenth of the grader's range.
 *
 * @param width - of that range; of a formula, which has none, 1 is taken
 */
export function isClearlyWorse(difference: number, width: number): boolean {
  return difference < -CLEARLY * (Number.isFinite(width) ? width : 1) - SAME;
}
