import type { DataPlane } from "../../azure-openai/data-plane";
import { isTerminal } from "../../azure-openai/remote-jobs";
import type { Context } from "../context";
import { jobDeployments } from "./job-deployments";
import { lookUpJob } from "./look-up-job";
import { isPaused } from "./pause-job";
import type { FineTuningJobState } from "./schema";

/**
 * The state as the service has it. A job whose record is gone still counts as present: a refresh must never lead to a paid job by
 * itself. Whether its model is left decides what the next `up` does.
 */
export async function readJob(
  context: Context,
  dataPlane: DataPlane,
  state: FineTuningJobState,
): Promise<FineTuningJobState> {
  const job = await lookUpJob(dataPlane, state.jobId);
  if (job) {
    const fineTunedModel = job.fine_tuned_model ?? state.fineTunedModel;
    // Paused or resumed elsewhere is drift, which the next `up` mends.
    const paused = isTerminal(job.status) ? state.paused : isPaused(job);
    return { ...state, status: job.status, record: "present", paused, fineTunedModel };
  }
  const models = await dataPlane.models.madeBy(state.jobId);
  const deployments = models.length > 0 ? [] : await jobDeployments(context, state.accountId, state.jobId);
  return { ...state, record: models.length > 0 || deployments.length > 0 ? "gone" : "lost" };
}
