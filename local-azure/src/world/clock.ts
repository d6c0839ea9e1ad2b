/** Time as the service sees it. Everything that happens automatically (training, deploying, expiry) is a function of it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

/** The machine's clock, moved forward by `offsetMs` (a rehearsal may skip days). */
export function systemClock(offsetMs: () => number = () => 0): Clock {
  return { now: () => Date.now() + offsetMs() };
}
