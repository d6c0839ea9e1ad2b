import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import type { Context } from "./context";

/** Reads a limit by its name; `undefined` where the account doesn't state it. */
export type AccountLimits = (
  name: "MaxFineTuneCount" | "MaxRunningFineTuneCount" | "MaxUserFileCount",
) => number | undefined;

/**
 * The limits that Azure reports among an account's capabilities (recorded: 500 jobs, 3 that run, 100 files). Where the account can't be
 * read, it says so, and no limit is known.
 */
export async function readAccountLimits(
  context: Context,
  accountId: string,
  say: (line: string) => void,
): Promise<AccountLimits> {
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  try {
    const account = await (await context.azure()).accounts(subscriptionId).get(resourceGroupName, accountName);
    const capabilities = account.properties?.capabilities ?? [];
    return (name) => {
      const value = capabilities.find((capability) => capability.name === name)?.value;
      // Anything but a number states no limit; an empty text is no zero.
      return /^\d+$/.test(value ?? "") ? Number(value) : undefined;
    };
  } catch (error) {
    if (!(error instanceof AzureFailure)) throw error;
    say(`could not read the account's limits, so they are not checked: ${error.message}`);
    return () => undefined;
  }
}
