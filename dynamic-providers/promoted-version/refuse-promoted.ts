import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import type { ModelVersion, ModelVersionsArgs } from "../model-versions/schema";
import { jobsDestroyed } from "../model-versions/why-kept";
import type { ChatProbeInputs } from "../chat-probe/schema";
import type { Context } from "../runtime/context";
import { deletionCommand, type UsedAccount } from "../runtime/foreign-deployments";
import { type PromotedDeployment, PromotedModels } from "./promoted-models";

/** An account of the stack's own goes with all that is in it. */
const NOTHING_KEPT = { versions: 0, adopted: false };

/*
 * A destroy, or the removal of a model from the program, stops while another account serves a model that would go: that deployment would have no
 * model any more.
 */

/**
 * Said by the chat probe, which a destroy of the whole stack deletes before anything else; does nothing while the program runs. In an account that
 * isn't the stack's own it asks for `destroyedJobs`; without them, only the register knows what goes.
 *
 * @throws Error with the deployments, and what to do
 */
export async function refusePromotedAccount(
  context: Context,
  { accountId, owner, destroyedJobs = [] }: UsedAccount & Pick<ChatProbeInputs, "destroyedJobs">,
): Promise<void> {
  if (!context.liveIds.destroying) return;
  const promoted = new PromotedModels(context, accountId);
  const find = () => (owner === undefined ? promoted.all() : promoted.deploymentsOf(destroyedJobs));
  await refuse(find, "Nothing has been deleted. ");
}

/** Said by the register, of the versions that go with it. @throws Error with the deployments, and what to do */
export async function refusePromotedVersions(
  context: Context,
  { accountId, owner, retain }: Pick<ModelVersionsArgs, "accountId" | "owner" | "retain">,
  versions: ModelVersion[],
): Promise<void> {
  // What stays in an account that stays can be served on.
  const goes = jobsDestroyed(versions, owner === undefined ? NOTHING_KEPT : retain);
  await refuse(() => new PromotedModels(context, accountId).deploymentsOf(goes));
}

/** Said before the register deletes versions beyond its limit: since they were planned, another stack may have promoted one. @throws Error as above */
export async function refusePrunedVersions(
  context: Context,
  { accountId, retain }: Pick<ModelVersionsArgs, "accountId" | "retain">,
  versions: ModelVersion[],
): Promise<void> {
  await refuse(() => new PromotedModels(context, accountId).deploymentsOf(jobsDestroyed(versions, retain)));
}

/** An answer that can't be read is not the answer that nobody serves them. */
async function refuse(find: () => Promise<PromotedDeployment[]>, before = ""): Promise<void> {
  const served = await find().catch((error: unknown) => {
    if (!(error instanceof AzureFailure)) throw error;
    const said = error.message.replace(/\.$/, "");
    const why = `could not check whether this stack's models are deployed in other accounts: ${said}.`;
    throw new Error(`${why} ${before}Run the command again.`, { cause: error });
  });
  if (served.length > 0) throw new Error(refusal(served, before));
}

function refusal(served: PromotedDeployment[], before: string): string {
  const places = served.map(({ accountId, name, model }) => {
    const { accountName, resourceGroupName } = parseAccountId(accountId);
    return `  ${name} in the account ${accountName} (resource group ${resourceGroupName}): ${model}`;
  });
  return [
    "Models of this stack were promoted to other accounts and are deployed there:",
    ...places,
    `${before}Destroy the stacks that promote them, or set promote.version there to another version, then run the command again. To delete a deployment that belongs to no stack:`,
    ...served.map(({ accountId, name }) => `  ${deletionCommand(accountId, name)}`),
  ].join("\n");
}
