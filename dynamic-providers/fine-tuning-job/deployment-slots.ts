import { isTunedName } from "../../azure-openai/model-names";
import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import type { Context } from "../runtime/context";
import type { FineTuningJobInputs } from "./schema";

/** Deployments of fine-tuned models per account (articles/foundry/openai/quotas-limits.md, 2026-02-17); no capability of the account says it. */
export const MOST_TUNED_DEPLOYMENTS = 10;

/**
 * Whether the account takes one more deployment of a tuned model. In the stack's own account only the stack deploys; in one that others use
 * too, theirs may fill it. Where it can't be read, Azure decides.
 *
 * @throws Error with the figures and what to do
 */
export async function requireDeploymentSlot(
  context: Context,
  { accountId, owner, deployment }: Pick<FineTuningJobInputs, "accountId" | "owner" | "deployment">,
): Promise<void> {
  if (owner === undefined || deployment === undefined) return;
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  try {
    const accounts = (await context.azure()).accounts(subscriptionId);
    const tuned = (await accounts.deployments(resourceGroupName, accountName)).filter(
      ({ name, properties }) =>
        isTunedName(properties?.model?.name ?? "") && name?.toLowerCase() !== deployment.takesPlaceOf?.toLowerCase(),
    );
    if (tuned.length < MOST_TUNED_DEPLOYMENTS) return;
    throw new Error(
      `The account ${accountName} has ${tuned.length} of ${MOST_TUNED_DEPLOYMENTS} deployments of fine-tuned models ` +
        `(${tuned.map(({ name }) => name).join(", ")}), so the new model could not be deployed. Delete one that is not needed, set deploy.enabled to false, or use another account.`,
    );
  } catch (error) {
    if (!(error instanceof AzureFailure)) throw error;
  }
}
