import type { DataPlane } from "../../azure-openai/data-plane";
import { isTerminal, type RemoteJob } from "../../azure-openai/remote-jobs";
import type { FineTuningJobInputs, FineTuningJobState } from "./schema";

export function isPaused({ status }: RemoteJob): boolean {
  return status === "paused" || status === "pausing";
}

/**
 * Does what `training.paused` asks for, and tells what to record of it. Only a pause of this stack is ended: the state of an older version
 * doesn't say whose it is, so there the job stays as it is, and the record begins.
 *
 * @throws Error when the job can't be paused or resumed now, AzureFailure
 */
export async function carryOutPause(
  dataPlane: DataPlane,
  olds: FineTuningJobState,
  { paused = false, method }: FineTuningJobInputs,
  say: (line: string) => void,
): Promise<Pick<FineTuningJobState, "status" | "pausedByStack">> {
  const job = await dataPlane.jobs.get(olds.jobId);
  if (!paused && olds.pausedByStack === undefined && isPaused(job)) {
    say(
      "is paused, and this stack's state (written by an earlier version) does not say who paused it, so it is not resumed",
    );
    return { status: job.status, pausedByStack: false };
  }
  if (paused && isPaused(job)) say(`${job.id} is already paused; setting training.paused to false will resume it`);
  if (!paused && isPaused(job) && method === "reinforcement")
    say("Azure sets no further spending limit on a reinforcement job that is resumed after being paused at its limit");
  const { status } = await pauseJob(dataPlane, job, paused, say);
  return { status, pausedByStack: paused };
}

/**
 * Pauses or resumes the job, as the service allows: only a running job can be paused, only a paused one resumed
 * (fine-tuning guide, "Pause and resume").
 *
 * @returns the job as the service answers
 * @throws Error when the job can't be paused or resumed now, AzureFailure
 */
async function pauseJob(
  dataPlane: DataPlane,
  job: RemoteJob,
  paused: boolean,
  say: (line: string) => void,
): Promise<RemoteJob> {
  if (isTerminal(job.status)) {
    say(`${job.id} has ended (${job.status}); there is nothing to ${paused ? "pause" : "resume"}`);
    return job;
  }
  if (isPaused(job) === paused) return job;
  if (!paused) {
    if (job.status === "pausing") {
      throw new Error(
        `${job.id} is still pausing and can only be resumed once it is paused: run the command again then.`,
      );
    }
    say(`resuming ${job.id}`);
    return dataPlane.jobs.resume(job.id);
  }
  if (job.status !== "running")
    throw new Error(`${job.id} is ${job.status} and can only be paused while it runs: run the command again then.`);
  say(`pausing ${job.id}`);
  return dataPlane.jobs.pause(job.id);
}
