import { normalizeLocation } from "../../azure-openai/account-reference";
import type { AccountIdentity } from "./account-identity";
import { isUnknown } from "./unknown";

/** A job as its own inputs name it; the account's id is unknown at preview while the account is to be created. */
interface Job extends AccountIdentity {
  logicalName: string;
}

/**
 * Which accounts a run makes or replaces, and which jobs so come to another one: account by account, since a program may have several.
 *
 * The engine makes all that depends on a replaced account as if it had never been there, without comparing it with what was, so that its
 * resources can't tell that a trained model goes with the old account.
 */
export class AccountMoves {
  private readonly made = new Set<string>();
  private readonly left = new Set<string>();
  /** Ids of the accounts that take the place of others. */
  private readonly next = new Set<string>();
  /** Their regions, by which a job is placed whose account has no id yet. */
  private readonly regions = new Set<string>();
  private readonly movedJobs = new Set<string>();

  /** This run makes the account, so that nothing can be in it yet. */
  makes(accountId: string): void {
    this.made.add(key(accountId));
  }

  isMade(accountId: string): boolean {
    return this.made.has(key(accountId));
  }

  /** One account takes the place of another. */
  replaces(from: string, to: Required<AccountIdentity>): void {
    this.left.add(key(from));
    if (!isUnknown(to.accountId)) this.next.add(key(to.accountId));
    this.regions.add(isUnknown(to.location) ? "" : normalizeLocation(to.location));
  }

  /** A job that is compared turns out to be in another account from now on; the check that follows knows no old one. */
  moves(logicalName: string): void {
    this.movedJobs.add(logicalName);
  }

  /** Whether the account of a job that was there is replaced, or the job comes to another one. */
  isLeft(accountId: string, logicalName: string): boolean {
    return this.left.has(key(accountId)) || this.movedJobs.has(logicalName);
  }

  /** Whether a job that is made as a new one was in another account before. */
  isMoved({ accountId, location = "", logicalName }: Job): boolean {
    if (this.movedJobs.has(logicalName)) return true;
    if (!isUnknown(accountId)) return this.next.has(key(accountId));
    if (this.regions.has("") || isUnknown(location)) return this.regions.size > 0;
    return this.regions.has(normalizeLocation(location));
  }
}

/** Resource Manager ids are compared without regard to case. */
function key(accountId: string): string {
  return accountId.replace(/\/+$/, "").toLowerCase();
}
