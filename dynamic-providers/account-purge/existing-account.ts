import type { AccountControl } from "../../azure-openai/account-control";
import { AzureFailure } from "../../azure-openai/failure";
import type { AccountPurgeInputs } from "./schema";

/**
 * A sentence on an account that exists under this name before the stack has made one; `undefined` when there is none, or none that we
 * may see. It is no refusal: the account may have been imported into the stack, and azure-native itself refuses any other, but
 * with no word on what to do.
 */
export async function existingAccountNote(
  accounts: AccountControl,
  { resourceGroupName, accountName }: AccountPurgeInputs,
): Promise<string | undefined> {
  try {
    await accounts.get(resourceGroupName, accountName);
  } catch (error) {
    if (error instanceof AzureFailure && (error.notFound || error.forbidden)) return undefined;
    throw error;
  }
  return (
    `account ${accountName} already exists in ${resourceGroupName}, so it can be managed here only if it is imported. If this stack created it and lost track of it (because the account was deleted and restored, or the state was lost), run: npm run recover. Otherwise ` +
    `set another \`account.name\`, or use the state of the stack it belongs to (perhaps in another clone or backend)`
  );
}
