import { backoffDelay, type Backoff } from "../../azure-openai/backoff";
import { ticks, type Clock } from "../../azure-openai/clock";

/** Requests at a time to begin with; doubles with each round of answers until the first refusal. */
const FIRST = 4;
/** Between requests while a deployment refuses without saying for how long. */
const REFUSED: Backoff = { first: 500, cap: 20_000 };

/** What the refusal says is followed, up to the 20 minutes of `backoffDelay`; else the pauses double. */
function pauseOf(refusals: number, retryAfterMs: number | undefined): number {
  return backoffDelay(retryAfterMs === undefined ? REFUSED : AS_TOLD, refusals, retryAfterMs);
}
const AS_TOLD: Backoff = { first: 0, cap: 0 };

/**
 * How many requests a deployment gets at a time. The number grows while it answers, is halved when it refuses for the rate (429), and
 * nothing is sent until the time that the refusal names: additive increase, multiplicative decrease, as TCP has it.
 */
export class Pace {
  private limit: number;
  private running = 0;
  private waiting: (() => void)[] = [];
  /** Nothing is sent before. */
  private opensAt = -Infinity;
  private timer = false;
  private cutAt = -Infinity;
  private refusals = 0;
  private refusedSince: number | undefined;

  /** @param most - requests at a time, whatever the deployment takes */
  constructor(
    private readonly clock: Clock,
    private readonly most: number,
  ) {
    this.limit = Math.min(FIRST, most);
  }

  /** Waits for room. @returns the moment, to be handed to `leave` */
  enter(): Promise<number> {
    return new Promise((resolve) => {
      this.waiting.push(() => {
        this.running++;
        resolve(ticks(this.clock));
      });
      this.pump();
    });
  }

  /** After each request, however it ended. */
  leave(): void {
    this.running--;
    this.pump();
  }

  answered(): void {
    this.refusals = 0;
    this.refusedSince = undefined;
    const neverRefused = this.cutAt === -Infinity;
    this.limit = Math.min(this.most, this.limit + (neverRefused ? 1 : 1 / this.limit));
  }

  /**
   * A refusal for the rate.
   *
   * @param entered - what `enter` gave: of all requests that were under way together, the first one halves the number.
   * @returns milliseconds since the last answer, or since the first refusal
   */
  refused(entered: number, retryAfterMs?: number): number {
    const now = ticks(this.clock);
    this.refusedSince ??= now;
    const first = entered >= this.cutAt;
    if (first) {
      this.limit = Math.max(1, this.limit / 2);
      this.cutAt = now;
      this.refusals++;
    }
    this.opensAt = Math.max(this.opensAt, now + pauseOf(this.refusals - 1, retryAfterMs));
    return now - this.refusedSince;
  }

  private pump(): void {
    while (this.waiting.length > 0 && this.running < Math.floor(this.limit)) {
      const pause = this.opensAt - ticks(this.clock);
      if (pause > 0) return this.wake(pause);
      this.waiting.shift()!();
    }
  }

  private wake(pause: number): void {
    if (this.timer) return;
    this.timer = true;
    void this.clock.sleep(pause).then(() => {
      this.timer = false;
      this.pump();
    });
  }
}
