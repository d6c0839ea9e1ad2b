import { sameName } from "../../format/same-name";
import type { AccountPurgeInputs } from "../account-purge/schema";
import type { ExistingAccountInputs } from "./schema";

/*
 * An account of the stack's own and an existing one are different resources, each under an alias of the other: so the first of a run that is
 * checked sees what the stack had before. Going over would delete, or train again, in the middle of an `up`: it is refused as a whole.
 */

type Before = Partial<AccountPurgeInputs> & Partial<ExistingAccountInputs>;

const WAYS =
  "Nothing has been changed. To use the other account, create another stack (pulumi stack init), or run destroy first; it lists what it deletes.";

/** Why a stack that made its account can't use an existing one; undefined for others. @param olds - inputs in the state */
export function leavesOwnAccount(olds: object | undefined, { accountName }: ExistingAccountInputs): string | undefined {
  const { accountName: own, accountId } = (olds ?? {}) as Before;
  if (own === undefined || accountId !== undefined) return undefined;
  const same = sameName(own, accountName);
  const what = same
    ? `account.existing is true, but this stack created the account ${own} and deletes it with everything in it.`
    : `account.existing is true, but this stack has its own account, ${own}, which would be deleted with its files, jobs and models.`;
  return `${what} To keep that account, remove account.existing. ${WAYS}`;
}

/** Why a stack that uses an existing account can't make one of its own; undefined for others. @param olds - inputs in the state */
export function leavesExistingAccount(olds: object | undefined): string | undefined {
  const { accountName, accountId } = (olds ?? {}) as Before;
  if (accountId === undefined) return undefined;
  return (
    `account.existing is not true, but this stack uses the existing account ${accountName}. With its own account, it would upload and train everything again. ` +
    `Set account.existing to true again. ${WAYS}`
  );
}
