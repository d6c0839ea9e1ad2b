import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import type { ModelVersion, ModelVersionsArgs } from "../model-versions/schema";
import { jobsDestroyed } from "../model-versions/why-kept";
import type { ChatProbeInputs } from "../chat-probe/schema";
import type { Context } from "../runtime/context";
import { deletionCommand, type UsedAccount } from "../runtime/foreign-deployments";
import { isModelOf, jobOf, type PromotedDeployment, PromotedModels } from "./promoted-models";

/** An account of the stack's own goes with all that is in it. */
const NOTHING_KEPT = { versions: 0, adopted: false };

/** Of an account, models that are to be deleted. */
export interface GoingModels {
  /** ARM ID of the account that made them. */
  accountId: string;
  /** Ids of their jobs; absent: whatever is in the account. */
  jobIds?: string[];
  /** Numbers by which messages name them, as far as they are known. */
  versions?: Pick<ModelVersion, "version" | "jobId">[];
}

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
  await refuse(context, { accountId, jobIds: owner === undefined ? undefined : destroyedJobs }, NOTHING_DELETED);
}

/**
 * Said by the chat probe of a model that a program no longer has, which `up` deletes before the deployment: the register would stop it after that. It
 * asks of the model that it serves alone; does nothing where the register keeps that one, or where it stays in an account that isn't the stack's own.
 *
 * @throws Error with the deployments, and what to do
 */
export async function refuseRemovedModel(
  context: Context,
  {
    accountId,
    owner,
    destroyedJobs,
    fineTunedModel,
  }: UsedAccount & Pick<ChatProbeInputs, "destroyedJobs" | "fineTunedModel">,
): Promise<void> {
  const jobId = jobOf(fineTunedModel);
  if (context.liveIds.destroying || jobId === undefined || context.register.versionOf(jobId) !== undefined) return;
  if (owner !== undefined && !destroyedJobs?.includes(jobId)) return;
  await refuse(context, { accountId, jobIds: [jobId] }, "This stack's deployment was not deleted. ");
}

/** Said by the register, of the versions that go with it. @throws Error with the deployments, and what to do */
export async function refusePromotedVersions(
  context: Context,
  register: Pick<ModelVersionsArgs, "accountId" | "owner" | "retain">,
  versions: ModelVersion[],
): Promise<void> {
  await refuse(context, goingWith(register, versions));
}

/** Said before the register deletes versions beyond its limit: since they were planned, another stack may have promoted one. @throws Error as above */
export async function refusePrunedVersions(
  context: Context,
  { accountId, retain }: Pick<ModelVersionsArgs, "accountId" | "retain">,
  versions: ModelVersion[],
): Promise<void> {
  await refuse(context, { accountId, jobIds: jobsDestroyed(versions, retain), versions });
}

/** What is deleted with a register: what stays in an account that stays can be served on. */
export function goingWith(
  { accountId, owner, retain }: Pick<ModelVersionsArgs, "accountId" | "owner" | "retain">,
  versions: ModelVersion[],
): GoingModels {
  return { accountId, jobIds: jobsDestroyed(versions, owner === undefined ? NOTHING_KEPT : retain), versions };
}

/** What a refusal says of a run that has not begun. */
export const NOTHING_DELETED = "Nothing has been deleted. ";

async function refuse(context: Context, going: GoingModels, before?: string): Promise<void> {
  const why = await promotionRefusal(context, [going], before);
  if (why !== undefined) throw new Error(why);
}

/**
 * Why models must not be deleted, in sentences: which of them other accounts serve, where, and what to do. An answer that can't be read is not the
 * answer that nobody serves them.
 *
 * @param before - a sentence with a space after it, on what has happened so far. Default none.
 * @returns undefined where nobody else serves any of them
 */
export async function promotionRefusal(
  context: Pick<Context, "azure">,
  going: GoingModels[],
  before = "",
): Promise<string | undefined> {
  const places: string[] = [];
  const commands: string[] = [];
  try {
    for (const { accountId, jobIds, versions = [] } of going) {
      const promoted = new PromotedModels(context, accountId);
      const served = await (jobIds === undefined ? promoted.all() : promoted.deploymentsOf(jobIds));
      places.push(...served.map((one) => placeOf(one, versions)));
      commands.push(...served.map((one) => deletionCommand(one.accountId, one.name)));
    }
  } catch (error) {
    if (!(error instanceof AzureFailure)) throw error;
    return `${unreadable(error.message.replace(/\.$/, ""))} ${before}Run the command again.`;
  }
  if (places.length === 0) return undefined;
  return `Models of this stack were promoted to other accounts and are deployed there: ${places.join("; ")}. ${before}Destroy the stacks that promote them, or set promote.version in those stacks to another version, then run the command again. To delete a deployment that belongs to no stack, run: ${commands.join("; ")}`;
}

/** `version 3 (ftjob-...) as tutor-1a2b3c in the account contoso-production (resource group Production)` */
function placeOf({ accountId, name, model, stack }: PromotedDeployment, versions: GoingModels["versions"] = []) {
  const { accountName, resourceGroupName } = parseAccountId(accountId);
  const version = versions.find(({ jobId }) => isModelOf(model, jobId));
  const what = version ? `version ${version.version} (${version.jobId})` : `the model ${model}`;
  const whose = stack === undefined ? "" : ` by the stack ${stack}`;
  return `${what} as ${name} in the account ${accountName} (resource group ${resourceGroupName})${whose}`;
}

/** @param why - a phrase without a full stop */
export function unreadable(why: string): string {
  return `could not check whether this stack's models are deployed in other accounts: ${why}.`;
}
