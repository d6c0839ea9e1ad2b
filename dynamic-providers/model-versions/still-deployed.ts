import { messageOf } from "../../azure-openai/message-of";
import { jobDeployments } from "../fine-tuning-job/job-deployments";
import type { Context } from "../runtime/context";
import { PromotedModels } from "../promoted-version/promoted-models";
import { isUnknown } from "../runtime/unknown";
import type { ModelVersion } from "./schema";

/** A version beyond the limit that stays. */
export interface Held {
  version: ModelVersion;
  /** Why nobody can tell now whether it is served; absent where it is. */
  unread?: string;
}

/**
 * Of versions that would be deleted, those that a deployment still serves, of the account or of one to which a stack has promoted them: they stay
 * until it is gone. A job whose resource is replaced in this run is not asked for: it is deleted after its deployment. Where an answer can't be
 * read, the version stays too: no answer is not the answer that nobody serves it.
 *
 * @param newest - job that was the newest before this run: it may serve until its resource is deleted, after its deployment
 */
export async function stillDeployed(
  context: Context,
  accountId: string,
  dropped: ModelVersion[],
  newest?: string,
): Promise<Held[]> {
  if (isUnknown(accountId)) return [];
  const held: Held[] = [];
  const promoted = new PromotedModels(context, accountId);
  for (const version of dropped) {
    const { jobId, promotedFrom } = version;
    if (isUnknown(jobId)) continue;
    const goesLater = jobId === newest || context.register.leaves(jobId);
    try {
      const elsewhere = promotedFrom === undefined && (await promoted.deploymentsOf([jobId])).length > 0;
      const served = elsewhere || (!goesLater && (await jobDeployments(context, accountId, jobId)).length > 0);
      if (served) held.push({ version });
    } catch (error) {
      held.push({ version, unread: messageOf(error) });
    }
  }
  return held;
}
