import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import type { Context } from "../runtime/context";
import { saysAccountIsGone } from "../runtime/data-plane";

/** Names of the deployments on the account that serve a model (or a checkpoint of it) that the job made. @throws AzureFailure */
export async function jobDeployments(context: Context, accountId: string, jobId: string): Promise<string[]> {
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  const azure = await context.azure();
  const marker = `.ft-${jobId.replace(/^ftjob-/, "")}`;
  try {
    const deployments = await azure.accounts(subscriptionId).deployments(resourceGroupName, accountName);
    return deployments
      .filter((deployment) => deployment.properties?.model?.name?.includes(marker))
      .map((deployment) => deployment.name ?? "");
  } catch (error) {
    // Who may not read deployments hears of one from the service when the model is deleted.
    if (saysAccountIsGone(error) || (error instanceof AzureFailure && error.forbidden)) return [];
    throw error;
  }
}
