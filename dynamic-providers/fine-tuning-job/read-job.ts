import type { DataPlane } from "../../azure-openai/data-plane";
import type { Context } from "../context";
import { jobDeployments } from "./job-deployments";
import { lookUpJob } from "./look-up-job";
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
    return { ...state, status: job.status, record: "present", fineTunedModel };
  }
  const models = await dataPlane.models.madeBy(state.jobId);
  const deployments = models.length > 0 ? [] : await jobDeployments(context, state.accountId, state.jobId);
  return { ...state, record: models.length > 0 || deployments.length > 0 ? "gone" : "lost" };
}
