import { backoffDelay, type Backoff } from "./backoff";
import { ticks, type Clock } from "./clock";
import { duration } from "../format/duration";
import type { AzureFailure } from "./failure";
import { toFailure } from "./to-failure";

/** Short disturbances are retried for about half a minute; then the caller gets the failure. */
const DISTURBANCE: Backoff = { first: 500, cap: 8_000 };
const ATTEMPTS = 6;
/** A longer pause than this is the caller's to decide on (the waiter has hours, others have not). */
const LONGEST_PAUSE_MS = 2 * 60_000;
/** So is a disturbance that takes longer than this, e.g. when every answer only begins. */
const LONGEST_DISTURBANCE_MS = 3 * 60_000;

/** New role assignments take effect within about 10 minutes
 * (https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---role-assignment-changes-are-not-being-detected). */
const ROLE_WAIT_MS = 15 * 60_000;
const ROLE_BACKOFF: Backoff = { first: 2_000, cap: 30_000 };
/** Between two lines about the wait. */
const ROLE_TOLD_MS = 60_000;

/** Failures before the request was sent that may pass: of the network, including at sign-in. */
const PASSING = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "ProxyUnavailable",
  "EAI_AGAIN",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "UND_ERR_SOCKET",
  "UND_ERR_HEADERS_TIMEOUT",
]);

export interface CallsOptions {
  clock: Clock;
  /** Address that is called, for error sentences. */
  target: string;
  /** Called when the service refuses the token; the next attempt signs in again. */
  renewToken: () => void;
  /** Wait for role assignments that have not taken effect yet; `tell` gets a line when the waiting starts, and one a minute. */
  roleWait?: { tell: (line: string) => void };
}

/**
 * `once`: a write whose repetition would make a second object; it is repeated only where it surely was not handled. `never`: the caller paces
 * many requests and repeats them; only a refused token is renewed here.
 */
export type Repetition = "any" | "once" | "never";

/** Runs requests: repeats what may be repeated, renews tokens, waits for roles, turns every error into an AzureFailure. */
export class Calls {
  constructor(private readonly options: CallsOptions) {}

  /** Origin of the service that is called. */
  get target(): string {
    return this.options.target;
  }

  /**
   * @param doing - what is tried, for error sentences, e.g. `Listing the files`
   * @param beforeRepetition - called before every attempt but the first, which may come after minutes. Default: nothing.
   * @throws AzureFailure, and what `beforeRepetition` throws
   */
  async run<T>(
    doing: string,
    request: () => Promise<T>,
    repetition: Repetition = "any",
    beforeRepetition: () => Promise<void> = () => Promise.resolve(),
  ): Promise<T> {
    const { clock } = this.options;
    const started = ticks(clock);
    let disturbances = 0;
    let disturbedSince: number | undefined;
    let roleWaits = 0;
    let roleToldAt = -Infinity;
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      if (attempt > 1) await beforeRepetition();
      const attemptAt = ticks(clock);
      const failure = await request().then(
        (value) => ({ value }),
        (error: unknown) => toFailure(error, doing, this.options.target),
      );
      if ("value" in failure) return failure.value;
      if (failure.status === 401 && !failure.lacksRole && !renewed) {
        renewed = true;
        this.options.renewToken();
        continue;
      }
      if (failure.lacksRole && this.options.roleWait && ticks(clock) - started < ROLE_WAIT_MS) {
        if (ticks(clock) - roleToldAt >= ROLE_TOLD_MS) {
          roleToldAt = ticks(clock);
          this.tellRoleWait(doing, roleToldAt - started);
        }
        await clock.sleep(backoffDelay(ROLE_BACKOFF, roleWaits++, failure.retryAfterMs));
        continue;
      }
      if (!mayRepeat(failure, repetition) || ++disturbances >= ATTEMPTS) throw failure;
      if (ticks(clock) - (disturbedSince ??= attemptAt) > LONGEST_DISTURBANCE_MS) throw failure;
      const pause = backoffDelay(DISTURBANCE, disturbances - 1, failure.retryAfterMs);
      if (pause > LONGEST_PAUSE_MS) throw failure;
      await clock.sleep(pause);
    }
  }

  /** The error as a sentence, for a caller that shows it instead of repeating: a person who waits for an answer. */
  failure(doing: string, error: unknown): AzureFailure {
    return toFailure(error, doing, this.options.target);
  }

  private tellRoleWait(doing: string, elapsed: number): void {
    this.options.roleWait?.tell(
      `waited ${duration(elapsed)} of up to ${duration(ROLE_WAIT_MS)} · role assignments have not taken effect yet (usually under 10 min) · ${doing}`,
    );
  }
}

function mayRepeat(failure: AzureFailure, repetition: Repetition): boolean {
  if (repetition === "never") return false;
  // A refused connection is reported at once: nothing listens there, or the name or certificate is wrong. So is a refused sign-in.
  if (failure.neverSent) return PASSING.has(failure.code ?? "");
  if (failure.status === 429) return true;
  return repetition === "any" && failure.ambiguous;
}
