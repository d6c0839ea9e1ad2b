/** Time as the service sees it. Everything that happens automatically (training, deploying, expiry) is a function of it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

/** The machine's clock, moved forward by `offsetMs` (a rehearsal may skip days). */
export function systemClock(offsetMs: () => number = () => 0): Clock {
  return { now: () => Date.now() + offsetMs() };
}

/** A clock that moves only by `advance`. */
export class ManualClock implements Clock {
  /** @param time - milliseconds since 1970. Default 2026-11-22 12:00 UTC */
  constructor(private time: number = Date.UTC(2026, 10, 22, 12)) {}

  now(): number {
    return this.time;
  }

  advance(ms: number): void {
    this.time += ms;
  }
}
