import { jobDeployments } from "../fine-tuning-job/job-deployments";
import type { Context } from "../runtime/context";
import { isUnknown } from "../runtime/unknown";
import type { ModelVersion } from "./schema";

/**
 * Of versions that would be deleted, those that a deployment of the account still serves: they stay until it is gone. A job whose resource is
 * replaced in this run is not asked for: it is deleted after its deployment. What can't be read now is found out by the deletion, which waits
 * for deployments and deletes none that is served.
 */
export async function stillDeployed(
  context: Context,
  accountId: string,
  dropped: ModelVersion[],
): Promise<ModelVersion[]> {
  const held: ModelVersion[] = [];
  for (const version of dropped) {
    if (isUnknown(accountId) || isUnknown(version.jobId) || context.register.leaves(version.jobId)) continue;
    const deployments = await jobDeployments(context, accountId, version.jobId).catch(() => []);
    if (deployments.length > 0) held.push(version);
  }
  return held;
}
