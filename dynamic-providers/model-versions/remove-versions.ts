import { jobDeployments } from "../fine-tuning-job/job-deployments";
import { removeJob } from "../fine-tuning-job/remove-job";
import type { Context } from "../runtime/context";
import { dataPlaneIfAny } from "../runtime/data-plane";
import { sayAs } from "../runtime/say";
import type { ModelVersion, ModelVersionsArgs } from "./schema";
import { whyKept } from "./why-kept";

/**
 * Deletes versions: job, model and result files. What is gone already counts as deleted, so that an interrupted run can be repeated; what this
 * run has taken into use again stays.
 *
 * @throws AzureFailure; Error when a deployment still serves one of them
 */
export async function removeVersions(
  context: Context,
  { accountId, retain }: Pick<ModelVersionsArgs, "accountId" | "retain">,
  versions: ModelVersion[],
): Promise<void> {
  const due = versions.filter(({ jobId }) => !context.liveIds.has(jobId));
  const dataPlane = due.length > 0 ? await dataPlaneIfAny(context, accountId) : undefined;
  if (!dataPlane) return;
  for (const version of due) {
    const { jobId } = version;
    const say = sayAs(context, `model-versions ${version.version}`);
    const kept = whyKept(version, retain);
    if (kept) {
      say(`${jobId} is kept with its model: ${kept}`);
      continue;
    }
    await removeJob(dataPlane, jobId, {
      clock: context.clock,
      say,
      deployments: () => jobDeployments(context, accountId, jobId),
      stopIfOrphaned: () => context.stopIfOrphaned(),
    });
    say(`${jobId} was deleted with its model`);
  }
}
