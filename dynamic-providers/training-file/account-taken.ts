import { quoted } from "../../format/quoted";
import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import type { Context } from "../runtime/context";
import { isUnknown } from "../runtime/unknown";
import type { TrainingFileArgs } from "./schema";

/**
 * Why the account that this run is about to create can't be created: there is one of its name. The account itself is azure-native's, which
 * notices that in the middle of `up`. That it is to be created, and is not in the state already, tells its id: unknown at preview.
 *
 * @returns undefined where none is to be created, the name is free, or nobody may look
 */
export async function accountTaken(
  context: Context,
  { accountId, accountPath }: Pick<TrainingFileArgs, "accountId" | "accountPath">,
): Promise<string | undefined> {
  if (accountPath === undefined || isUnknown(accountPath) || !isUnknown(accountId)) return undefined;
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountPath);
  try {
    const accounts = (await context.azure()).accounts(subscriptionId);
    await accounts.get(resourceGroupName, accountName);
  } catch (error) {
    if (error instanceof AzureFailure) return undefined;
    throw error;
  }
  return (
    `The account ${accountName} already exists in ${resourceGroupName}, and is not in this stack's state, so it cannot be created. ` +
    "To use it as it is, set account.existing to true: the stack then never changes or deletes it. If this stack created it and was interrupted, or lost its " +
    `state, run: npm run recover. Otherwise choose another account.name. To look it up: az cognitiveservices account show -n ${quoted(accountName)} -g ${quoted(resourceGroupName)}`
  );
}
