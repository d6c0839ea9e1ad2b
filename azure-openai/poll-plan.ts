/** When to look again: a share of the time that has passed, between two bounds, in milliseconds. */
export interface PollPlan {
  first: number;
  /** The end is noticed late by at most this share of the whole time. */
  share: number;
  cap: number;
}

/** Wait until the next look, `elapsed` after the start. Grows steadily from `first` to `cap`. */
export function pollDelay(plan: PollPlan, elapsed: number): number {
  return Math.min(Math.max(elapsed * plan.share, plan.first), plan.cap);
}
