import { backoffDelay, type Backoff } from "../../azure-openai/backoff";
import { ticks } from "../../azure-openai/clock";
import { AzureFailure } from "../../azure-openai/failure";
import { duration } from "../../format/duration";
import type { Context } from "./context";
import type { Say } from "./say";

/** A deployment of a tuned model takes minutes, and several stacks may be waiting for the same account. */
const BUSY_DEADLINE_MS = 60 * 60_000;
const BUSY: Backoff = { first: 1_000, cap: 15_000 };
/** Between two lines about it. */
const TOLD_MS = 30_000;

/** 409s that say that somebody else writes to the account; RequestConflict is what parallel deployments get (recorded), the others azure-native repeats too. */
const CONFLICTS = ["RequestConflict", "AnotherOperationInProgress", "ConflictingConcurrentWriteNotAllowed"];

/**
 * A write to an account that others may be writing to: Azure allows one at a time and refuses the rest. Waits until it is this one's turn.
 *
 * @param doing - for the sentences, e.g. `deploying tutor`
 * @throws what `write` throws for any other reason; Error when the account is still busy after an hour
 */
export async function inTurn<T>(
  context: Pick<Context, "clock" | "stopIfOrphaned">,
  doing: string,
  say: Say,
  write: () => Promise<T>,
): Promise<T> {
  const { clock } = context;
  const started = ticks(clock);
  let toldAt = -Infinity;
  for (let attempt = 0; ; attempt++) {
    await context.stopIfOrphaned();
    try {
      return await write();
    } catch (error) {
      if (!isBusy(error)) throw error;
      const waited = ticks(clock) - started;
      if (waited >= BUSY_DEADLINE_MS) {
        throw new Error(
          `${error.message} Waited ${duration(waited)} for the other operation. Check in the portal what is changing the account, then run the command again.`,
          { cause: error },
        );
      }
      if (waited - toldAt >= TOLD_MS) {
        toldAt = waited;
        say.status(`waited ${duration(waited)} · another operation is modifying the account · ${doing}`);
      }
      await clock.sleep(backoffDelay(BUSY, attempt, error.retryAfterMs));
    }
  }
}

function isBusy(error: unknown): error is AzureFailure {
  return error instanceof AzureFailure && error.status === 409 && CONFLICTS.includes(error.code ?? "");
}
