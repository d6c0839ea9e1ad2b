import type { DataPlane } from "../../azure-openai/data-plane";
import { isTerminal, type RemoteJob } from "../../azure-openai/remote-jobs";
import type { Context } from "../runtime/context";
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
    return { ...state, status: job.status, record: "present", fineTunedModel, ...pauseRecord(state, job) };
  }
  const models = await dataPlane.models.madeBy(state.jobId);
  const deployments = models.length > 0 ? [] : await jobDeployments(context, state.accountId, state.jobId);
  return { ...state, record: models.length > 0 || deployments.length > 0 ? "gone" : "lost" };
}

/**
 * Resumed elsewhere: this stack's pause is over, and where the settings still ask for one, the next `up` pauses the job again. Paused
 * elsewhere is not this stack's pause. A state of an older version doesn't say whose pause it is, which stays open while the job is paused.
 */
function pauseRecord(state: FineTuningJobState, job: RemoteJob): Pick<FineTuningJobState, "paused" | "pausedByStack"> {
  const { paused, pausedByStack } = state;
  if (isTerminal(job.status)) return { paused, pausedByStack };
  if (pausedByStack !== undefined) return { paused, pausedByStack: pausedByStack && isPaused(job) };
  return paused && isPaused(job) ? { paused } : { paused: false, pausedByStack: false };
}
