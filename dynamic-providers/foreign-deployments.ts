import { parseAccountId } from "../azure-openai/account-reference";
import { AzureFailure } from "../azure-openai/failure";
import type { Context } from "./context";
import { saysAccountIsGone } from "./data-plane";

/**
 * Stops a destroy while the account still serves deployments that are not this stack's; does nothing while the program goes on. Said by
 * every resource between the stack's own deployment, which is gone by then, and what a foreign one needs (model, account, roles): an
 * `up` that broke off may have made only the first of them.
 *
 * @throws Error with their names and the way out
 */
export async function refuseForeignDeployments(context: Context, accountId: string): Promise<void> {
  if (!context.liveIds.destroying) return;
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  const azure = await context.azure();
  let names: string[];
  try {
    const deployments = await azure.accounts(subscriptionId).deployments(resourceGroupName, accountName);
    names = deployments.map((deployment) => deployment.name ?? "");
  } catch (error) {
    // Without the account nothing is served; without the permission Azure itself refuses to delete an account that serves.
    if (saysAccountIsGone(error) || (error instanceof AzureFailure && error.status === 403)) return;
    throw error;
  }
  if (names.length === 0) return;
  throw new Error(
    `The account ${accountName} still serves deployments that are not this stack's: ${names.join(", ")}. Delete them first ` +
      `(az cognitiveservices account deployment delete -g ${resourceGroupName} -n ${accountName} --deployment-name NAME), then run destroy again.`,
  );
}
