/** Time as the client sees it; tests put in one that they move by hand. */
export interface Clock {
  /** Milliseconds since 1970, UTC: for people to read. Somebody may set it while we wait, and it may differ from the service's. */
  now(): number;
  /**
   * Milliseconds since some moment, which only go on: for how long something takes. Default: `now`, for a clock that nobody sets.
   */
  monotonic?(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Milliseconds on the clock's even scale: differences of two are durations, even if the time of day is set in between. */
export function ticks(clock: Clock): number {
  return clock.monotonic?.() ?? clock.now();
}
