import { sameAccount, sameLocation } from "../../azure-openai/account-reference";
import { isUnknown } from "./unknown";

/** What makes an account the same one: its ARM ID (subscription, group, name) and its region. */
export interface AccountIdentity {
  accountId: string;
  location?: string;
}

/**
 * Properties that move a resource to another account, so that it must be replaced. A value unknown at preview counts as another one:
 * the account itself is then being created or replaced.
 */
export function accountReplaces(olds: AccountIdentity, news: AccountIdentity): ("accountId" | "location")[] {
  const replaces: ("accountId" | "location")[] = [];
  if (isUnknown(news.accountId) || !sameAccount(olds.accountId, news.accountId)) replaces.push("accountId");
  if (differs(olds.location, news.location)) replaces.push("location");
  return replaces;
}

function differs(old: string | undefined, wanted: string | undefined): boolean {
  if (isUnknown(wanted)) return true;
  return !sameLocation(old ?? "", wanted ?? "");
}
