import type { AccountControl } from "../../azure-openai/account-control";
import { backoffDelay, type Backoff } from "../../azure-openai/backoff";
import { duration } from "../../format/duration";
import { ticks, type Clock } from "../../azure-openai/clock";
import { AzureFailure, isNotFound } from "../../azure-openai/failure";
import type { Say } from "../runtime/say";
import type { AccountPurgeState } from "./schema";

/** Without it a purge is refused; it must be granted on the subscription. */
export const PURGE_PERMISSION = "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete";

/** An account that was just deleted may not be listed as deleted for a moment. */
const APPEARS: Backoff = { first: 1_000, cap: 2_000 };
const APPEARS_ATTEMPTS = 4;

/** A purge right after the deletion is refused with 409 while the deletion still works; one takes about 4 s on record. */
const PURGE: Backoff = { first: 1_000, cap: 15_000 };
const PURGE_ATTEMPTS = 20;
/** Attempts from one line to the next. */
const TOLD_EVERY = 4;

/** Our clock may differ from the service's this much. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

export interface PurgeOptions {
  clock: Clock;
  say: Say;
}

/** How the purge ended. */
export type PurgeOutcome =
  | { end: "purged" }
  /** No account is soft-deleted under this name. */
  | { end: "nothing" }
  /** The name is released at `freeOn` (ISO 8601), when the service purges automatically. */
  | { end: "notAllowed" | "stuck"; freeOn?: string }
  | { end: "notOurs"; deletedOn?: string };

/**
 * Purges the soft-deleted account, so that its name is free at once. Can be repeated. Only an account that was deleted after this
 * stack began is purged: an older one of the same name is somebody else's, and a purge can't be undone.
 *
 * @throws AzureFailure when the service can't be asked
 */
export async function purgeAccount(
  accounts: AccountControl,
  state: AccountPurgeState,
  options: PurgeOptions,
): Promise<PurgeOutcome> {
  const { location, resourceGroupName, accountName } = state;
  const { clock, say } = options;
  const look = () => lookForDeleted(accounts, state);
  let found = await look();
  for (let attempt = 0; !found && attempt < APPEARS_ATTEMPTS; attempt++) {
    await clock.sleep(backoffDelay(APPEARS, attempt));
    found = await look();
  }
  if (!found) return { end: "nothing" };
  if (isOlder(found.deletionDate, state.createdAt)) return { end: "notOurs", deletedOn: found.deletionDate };
  const freeOn = found.scheduledPurgeDate;
  const started = ticks(clock);
  for (let attempt = 0; ; attempt++) {
    try {
      if (attempt % TOLD_EVERY === 0) {
        say.status(
          `purging ${duration(ticks(clock) - started)} · the deleted account ${accountName}, to release its name`,
        );
      }
      await accounts.startPurge(location, resourceGroupName, accountName);
    } catch (error) {
      if (!(error instanceof AzureFailure)) throw error;
      if (error.forbidden) return { end: "notAllowed", freeOn };
      if (!error.notFound && error.status !== 409) throw error;
    }
    if (!(await look())) return { end: "purged" };
    if (attempt === PURGE_ATTEMPTS) return { end: "stuck", freeOn };
    await clock.sleep(backoffDelay(PURGE, attempt));
  }
}

async function lookForDeleted(
  accounts: AccountControl,
  { location, resourceGroupName, accountName }: AccountPurgeState,
) {
  try {
    return await accounts.deleted(location, resourceGroupName, accountName);
  } catch (error) {
    // Who may purge but not read would be told "nothing"; purging is then tried anyway.
    if (error instanceof AzureFailure && error.forbidden) return {};
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function isOlder(deletionDate: string | undefined, createdAt: string | undefined): boolean {
  if (!deletionDate || !createdAt) return false;
  return Date.parse(deletionDate) < Date.parse(createdAt) - CLOCK_TOLERANCE_MS;
}
