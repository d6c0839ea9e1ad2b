import { jobDeployments } from "../fine-tuning-job/job-deployments";
import type { Context } from "../runtime/context";
import { PromotedModels } from "../promoted-version/promoted-models";
import { isUnknown } from "../runtime/unknown";
import type { ModelVersion } from "./schema";

/**
 * Of versions that would be deleted, those that a deployment still serves, of the account or of one to which a stack has promoted them: they stay
 * until it is gone. A job whose resource is replaced in this run is not asked for: it is deleted after its deployment. What can't be read now is
 * found out by the deletion, which waits for deployments and deletes none that is served.
 *
 * @param newest - job that was the newest before this run: it may serve until its resource is deleted, after its deployment
 */
export async function stillDeployed(
  context: Context,
  accountId: string,
  dropped: ModelVersion[],
  newest?: string,
): Promise<ModelVersion[]> {
  if (isUnknown(accountId)) return [];
  const held: ModelVersion[] = [];
  const promoted = new PromotedModels(context, accountId);
  for (const version of dropped) {
    const { jobId, promotedFrom } = version;
    if (isUnknown(jobId)) continue;
    const isPromoted = promotedFrom === undefined && (await promoted.deploymentsOf([jobId]).catch(() => [])).length > 0;
    if (!isPromoted && (jobId === newest || context.register.leaves(jobId))) continue;
    const deployments = isPromoted ? [] : await jobDeployments(context, accountId, jobId).catch(() => []);
    if (isPromoted || deployments.length > 0) held.push(version);
  }
  return held;
}
