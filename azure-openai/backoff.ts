/** Waits that double from `first` up to `cap`, in milliseconds. */
export interface Backoff {
  first: number;
  cap: number;
}

/** A `Retry-After` is followed for no longer than this: what is waited for may have happened long before. */
const LONGEST_PAUSE_MS = 20 * 60_000;

/**
 * Wait before repetition number `attempt` (0 is the first). Never shorter than what the service asks for, up to 20 minutes.
 * @param retryAfterMs - what the service asked to wait, if it did
 */
export function backoffDelay(backoff: Backoff, attempt: number, retryAfterMs = 0): number {
  // Beyond 2^30 the product is past every cap, and Infinity must not reach a timer.
  const doubled = backoff.first * 2 ** Math.min(Math.max(attempt, 0), 30);
  return Math.max(Math.min(doubled, backoff.cap), Math.min(retryAfterMs, LONGEST_PAUSE_MS));
}
