import { sameName } from "../../format/same-name";
import { quoted } from "../../format/quoted";
import { parseAccountId } from "../../azure-openai/account-reference";
import { ticks } from "../../azure-openai/clock";
import { AzureFailure } from "../../azure-openai/failure";
import { baseDeploymentName } from "../../catalog";
import { isTemporaryName } from "../evaluation/temporary-name";
import { isTunedName } from "../../azure-openai/model-names";
import type { Context } from "./context";
import { saysAccountIsGone } from "./data-plane";
import { startOfName } from "./deployment-name";
import { isInState } from "./deployments-in-state";

/** The stack's own deployments, as far as a resource knows them. */
export interface OwnDeployments {
  /** Name of the deployment that serves the tuned model. */
  deploymentName: string;
  /** The model that it serves: the base model's deployment is named after it. Absent in some states of earlier versions. */
  fineTunedModel?: string;
  /** Names of the deployments that the program makes before it on the same account; under blueGreen the start of them. Default none. */
  others?: readonly string[];
}

/** The account that a resource uses. */
export interface UsedAccount {
  accountId: string;
  /** `project/stack` where the account isn't the stack's own. */
  owner?: string;
}

/** How long a deployment may stay that a destroy has begun to delete: other resources of the stack don't know it as their own. */
const GRACE_MS = 15_000;
const LOOK_MS = 2_000;

/**
 * Stops a destroy while the account still has deployments that do not belong to this stack; does nothing while the program runs. Said first by
 * the chat probe, which a destroy deletes before anything else, then by every resource between the stack's own deployment and what a
 * foreign one needs (model, account, roles): an `up` that was interrupted may have made only some of them.
 *
 * In an account that the stack doesn't own (`owner`), deployments of others stay, and so does what they need.
 *
 * @param own - the stack's own deployments while they may still be there. Default: they are gone by then, or are being deleted.
 * @throws Error with their names and the commands that delete them
 */
export async function refuseForeignDeployments(
  context: Context,
  { accountId, owner }: UsedAccount,
  own?: OwnDeployments,
): Promise<void> {
  if (!context.liveIds.destroying || owner !== undefined) return;
  if (own) context.ownDeployments.add(keyOf(accountId, own.deploymentName));
  const deadline = ticks(context.clock) + GRACE_MS;
  for (;;) {
    const foreign = await foreignDeployments(context, accountId, own);
    if (foreign.length === 0) return;
    if (ticks(context.clock) >= deadline) throw new Error(refusal(accountId, foreign, own !== undefined));
    await context.clock.sleep(LOOK_MS);
  }
}

/** Deployments of the account that are nobody's of this stack; none where that can't be known. */
async function foreignDeployments(context: Context, accountId: string, own?: OwnDeployments): Promise<string[]> {
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  const azure = await context.azure();
  try {
    const deployments = await azure.accounts(subscriptionId).deployments(resourceGroupName, accountName);
    const foreign = deployments
      .map(({ name = "", properties }) => ({ name, model: properties?.model?.name }))
      // A temporary one serves nobody, and its evaluation or job removes it.
      .filter(
        ({ name, model }) => !isTemporaryName(name) && !(own && (isOwn(name, own) || isRenamed(name, model, own))),
      )
      .filter(({ name }) => !isInState(accountId, name) && !context.ownDeployments.has(keyOf(accountId, name)));
    return foreign.map(({ name }) => name);
  } catch (error) {
    // Without the account nothing is served; without the permission Azure itself refuses to delete an account that serves.
    if (saysAccountIsGone(error) || (error instanceof AzureFailure && error.forbidden)) return [];
    throw error;
  }
}

function refusal(accountId: string, foreign: string[], isFirst: boolean): string {
  const { accountName } = parseAccountId(accountId);
  const commands = foreign.map((name) => `  ${deletionCommand(accountId, name)}`);
  return [
    `The account ${accountName} still has deployments that do not belong to this stack: ${foreign.join(", ")}. ` +
      `${isFirst ? "Nothing has been deleted. " : ""}Delete them first, then run destroy again:`,
    ...commands,
  ].join("\n");
}

/** The command that deletes a deployment. */
export function deletionCommand(accountId: string, deploymentName: string): string {
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  return `az cognitiveservices account deployment delete --subscription ${subscriptionId} -g ${quoted(resourceGroupName)} -n ${quoted(accountName)} --deployment-name ${quoted(deploymentName)}`;
}

/**
 * A deployment of this stack by its name: under blueGreen each model has one, `<base>-<6 hex of its key>`, and an interrupted switch leaves
 * two; the base model's has one that follows from the model. A foreign one that is named alike is stopped at later, by the resources that
 * it needs.
 */
function isOwn(name: string, { deploymentName, fineTunedModel, others = [] }: OwnDeployments): boolean {
  if (fineTunedModel !== undefined && sameName(name, baseDeploymentName(fineTunedModel))) return true;
  return [deploymentName, ...others].some((own) => sameName(startOfName(own), startOfName(name)));
}

/**
 * The stack's own under another name, which an `up` that did not succeed leaves beside the first: it serves the very model, under a name with 6 hex as only
 * blueGreen makes them.
 */
function isRenamed(name: string, model: string | undefined, { fineTunedModel }: OwnDeployments): boolean {
  const isSame = model !== undefined && isTunedName(model) && sameName(model, fineTunedModel);
  return isSame && /-[0-9a-f]{6}$/.test(name);
}

function keyOf(accountId: string, name: string): string {
  return `${accountId}/${name}`.toLowerCase();
}
