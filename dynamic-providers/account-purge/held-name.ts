import { quoted } from "../../format/quoted";
import type { AccountControl } from "../../azure-openai/account-control";
import { AzureFailure } from "../../azure-openai/failure";
import { moment } from "../../format/moment";
import type { AccountPurgeInputs } from "./schema";

/** Where an account is found, for `az`. */
type Target = Pick<AccountPurgeInputs, "accountName" | "resourceGroupName" | "location">;

const azCommand = (does: "recover" | "purge", { accountName, resourceGroupName, location }: Target) =>
  `az cognitiveservices account ${does} -n ${quoted(accountName)} -g ${quoted(resourceGroupName)} -l ${location}`;

/** The rehearsal's cloud is not one that `az` knows: there it would address Azure itself. */
const REHEARSAL_WAY_OUT = "set another `account.name`, or delete the folder `.local` to start the rehearsal over";

/**
 * Why an account can't be created under its name: a soft-deleted one holds it for 48 hours. azure-native notices that when it creates the
 * account, after others were created.
 *
 * @param rehearsal - whether this is the rehearsal's cloud
 * @returns undefined where the name is free, or where nobody may look: then the account's own creation tells
 * @throws AzureFailure where the service can't be asked
 */
export async function heldName(
  accounts: AccountControl,
  target: Target,
  rehearsal: boolean,
): Promise<string | undefined> {
  const { accountName, resourceGroupName, location } = target;
  let purgeDate: string | undefined;
  try {
    purgeDate = (await accounts.deleted(location, resourceGroupName, accountName)).scheduledPurgeDate;
  } catch (error) {
    if (error instanceof AzureFailure && (error.notFound || error.forbidden)) return undefined;
    throw error;
  }
  const held = `The account name ${accountName} is held by a soft-deleted account${purgeDate ? ` until ${moment(purgeDate)}` : ""}. `;
  if (rehearsal)
    return `${held}To continue, ${REHEARSAL_WAY_OUT}. Deleting the folder permanently deletes the rehearsal's files, jobs and models.`;
  return (
    `${held}If this stack created it, restore it (${azCommand("recover", target)}), then run: npm run recover. ` +
    `Or set another \`account.name\`. Or purge it (${azCommand("purge", target)}): that permanently deletes its files, jobs and paid models.`
  );
}

/**
 * What becomes of an account that is deleted and not purged.
 *
 * @param purgeDate - when the service purges it, ISO 8601
 * @param rehearsal - as above
 */
export function restorable(target: Target, purgeDate: string | undefined, rehearsal: boolean): string {
  const until = purgeDate ? `by ${moment(purgeDate)}` : "within 48 hours of the deletion";
  const what = `account ${target.accountName} was deleted but not purged, because it holds resources you asked to keep (retain, existingJobId). They will be permanently lost unless you restore the account ${until}`;
  return rehearsal
    ? `${what} (on Azure: az cognitiveservices account recover; the rehearsal has no command for it). Until then its name is taken: ${REHEARSAL_WAY_OUT}`
    : `${what} (${azCommand("recover", target)}, then npm run recover). To delete it permanently and release the name, run: ${azCommand("purge", target)}`;
}
