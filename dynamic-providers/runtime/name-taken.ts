import { sameName } from "../../format/same-name";
import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import type { Context } from "./context";
import { deletionCommand } from "./foreign-deployments";
import { hasUnknown } from "./unknown";

/** A deployment that this run would create. */
interface NewDeployment {
  accountId: string;
  deploymentName: string;
}

/**
 * Why a deployment cannot be created under its name: the account has one already. azure-native notices that when it creates the deployment;
 * under `deploy.switch: recreate` the old one is deleted by then.
 *
 * @param counts - whether a deployment of this model (`""` where Azure names none) is in the way. Default: each is.
 * @returns undefined while account or name are unknown, and where the deployments can't be read: then Azure decides
 */
export async function nameTaken(
  context: Context,
  { accountId, deploymentName }: NewDeployment,
  counts: (model: string) => boolean = () => true,
): Promise<string | undefined> {
  if (hasUnknown([accountId, deploymentName])) return undefined;
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  try {
    const deployments = await (
      await context.azure()
    )
      .accounts(subscriptionId)
      .deployments(resourceGroupName, accountName);
    const there = deployments.find(({ name }) => sameName(name, deploymentName));
    const model = there?.properties?.model?.name ?? "";
    if (!there || !counts(model)) return undefined;
    return [
      `The account ${accountName} already has a deployment named ${there.name}${model === "" ? "" : ` (${model})`}, so another one can't be created under that name. ` +
        "If an earlier run of this stack left it there, `npm run recover -- --back` restores it. Otherwise choose another deploy.name, or delete it first:",
      `  ${deletionCommand(accountId, there.name!)}`,
    ].join("\n");
  } catch (error) {
    if (error instanceof AzureFailure) return undefined;
    throw error;
  }
}
