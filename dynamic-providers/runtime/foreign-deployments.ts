import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import { baseDeploymentName } from "../../catalog";
import type { Context } from "./context";
import { saysAccountIsGone } from "./data-plane";

/** Name of the deployment that serves the tuned model, and that model. */
export interface OwnDeployments {
  deploymentName: string;
  /** Absent in some states of earlier versions. */
  fineTunedModel?: string;
}

/**
 * Stops a destroy while the account still has deployments that do not belong to this stack; does nothing while the program runs. Said first by
 * the chat probe, which a destroy deletes before anything else, then by every resource between the stack's own deployment and what a
 * foreign one needs (model, account, roles): an `up` that was interrupted may have made only some of them.
 *
 * @param own - the stack's own deployments while they may still be there. Default: they are gone by then.
 * @throws Error with their names and the commands that delete them
 */
export async function refuseForeignDeployments(
  context: Context,
  accountId: string,
  own?: OwnDeployments,
): Promise<void> {
  if (!context.liveIds.destroying) return;
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  const azure = await context.azure();
  let names: string[];
  try {
    const deployments = await azure.accounts(subscriptionId).deployments(resourceGroupName, accountName);
    names = deployments.map((deployment) => deployment.name ?? "");
  } catch (error) {
    // Without the account nothing is served; without the permission Azure itself refuses to delete an account that serves.
    if (saysAccountIsGone(error) || (error instanceof AzureFailure && error.forbidden)) return;
    throw error;
  }
  const foreign = names.filter((name) => own === undefined || !isOwn(name, own));
  if (foreign.length === 0) return;
  const commands = foreign.map((name) => `  ${deletionCommand(accountId, name)}`);
  throw new Error(
    [
      `The account ${accountName} still has deployments that do not belong to this stack: ${foreign.join(", ")}. ` +
        `${own === undefined ? "" : "Nothing has been deleted. "}Delete them first, then run destroy again:`,
      ...commands,
    ].join("\n"),
  );
}

/** The command that deletes a deployment. */
export function deletionCommand(accountId: string, deploymentName: string): string {
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  return `az cognitiveservices account deployment delete --subscription ${subscriptionId} -g ${quoted(resourceGroupName)} -n ${accountName} --deployment-name ${quoted(deploymentName)}`;
}

/**
 * A deployment of this stack by its name: under blueGreen each model has one, `<base>-<6 hex of its key>`, and an interrupted switch leaves
 * two; the base model's has one that follows from the model. A foreign one that is named alike is stopped at later, by the resources that
 * it needs.
 */
function isOwn(name: string, { deploymentName: own, fineTunedModel }: OwnDeployments): boolean {
  const base = (text: string) => text.toLowerCase().replace(/-[0-9a-f]{6}$/, "");
  const names = fineTunedModel === undefined ? [own] : [own, baseDeploymentName(fineTunedModel)];
  return names.some((one) => one.toLowerCase() === name.toLowerCase()) || base(name) === base(own);
}

/** Resource groups may have parentheses in their names. */
function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `"${text}"`;
}
