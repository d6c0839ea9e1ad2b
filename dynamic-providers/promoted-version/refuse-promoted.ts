import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import { whyKept } from "../model-versions/remove-versions";
import type { ModelVersion, ModelVersionsArgs } from "../model-versions/schema";
import type { Context } from "../runtime/context";
import { deletionCommand, type UsedAccount } from "../runtime/foreign-deployments";
import { sayAs } from "../runtime/say";
import { type PromotedDeployment, PromotedModels } from "./promoted-models";

/*
 * A destroy, or the removal of a model from the program, stops while another account serves a model that would go: that deployment would have no
 * model any more.
 */

/**
 * Said by the chat probe, which a destroy of the whole stack deletes before anything else; does nothing while the program runs. In an account that
 * isn't the stack's own, only the register knows what goes.
 *
 * @throws Error with the deployments, and what to do
 */
export async function refusePromotedAccount(context: Context, { accountId, owner }: UsedAccount): Promise<void> {
  if (!context.liveIds.destroying || owner !== undefined) return;
  await refuse(context, async () => new PromotedModels(context, accountId).all(), "Nothing has been deleted. ");
}

/** Said by the register, of the versions that go with it. @throws Error with the deployments, and what to do */
export async function refusePromotedVersions(
  context: Context,
  { accountId, owner, retain }: Pick<ModelVersionsArgs, "accountId" | "owner" | "retain">,
  versions: ModelVersion[],
): Promise<void> {
  // What stays in an account that stays can be served on.
  const stays = (one: ModelVersion) => owner !== undefined && whyKept(one, retain) !== undefined;
  const goes = versions.filter((one) => !one.promotedFrom && !stays(one));
  if (goes.length === 0) return;
  const promoted = new PromotedModels(context, accountId);
  await refuse(context, async () => (await Promise.all(goes.map(({ jobId }) => promoted.deploymentsOf(jobId)))).flat());
}

async function refuse(context: Context, find: () => Promise<PromotedDeployment[]>, before = ""): Promise<void> {
  try {
    const served = await find();
    if (served.length > 0) throw new Error(refusal(served, before));
  } catch (error) {
    if (!(error instanceof AzureFailure)) throw error;
    sayAs(context, "promotion")(`could not check whether other accounts serve this stack's models: ${error.message}`);
  }
}

function refusal(served: PromotedDeployment[], before: string): string {
  const places = served.map(({ accountId, name, model }) => {
    const { accountName, resourceGroupName } = parseAccountId(accountId);
    return `  ${name} in the account ${accountName} (resource group ${resourceGroupName}): ${model}`;
  });
  return [
    "Models of this stack were promoted to other accounts, whose deployments serve them:",
    ...places,
    `${before}Destroy the stacks that promote them, or let those promote another version, then run the command again. A deployment that belongs to no stack is deleted with:`,
    ...served.map(({ accountId, name }) => `  ${deletionCommand(accountId, name)}`),
  ].join("\n");
}
