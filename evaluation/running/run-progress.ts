/** How far an evaluation is. */
export interface RunProgress {
  /** Graded answers, those of earlier runs included. */
  done: number;
  total: number;
  /** Answers a second, over the run so far. */
  perSecond: number;
  /** USD that this run has spent; undefined where a price is not known. */
  usd?: number;
  /** Milliseconds to go, at that rate; undefined while nothing is known. */
  leftMs?: number;
}
