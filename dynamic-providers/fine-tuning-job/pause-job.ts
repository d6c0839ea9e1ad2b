import type { DataPlane } from "../../azure-openai/data-plane";
import { isTerminal, type RemoteJob } from "../../azure-openai/remote-jobs";

export function isPaused({ status }: RemoteJob): boolean {
  return status === "paused" || status === "pausing";
}

/**
 * Pauses or resumes the job, as the service allows: only a running job can be paused, only a paused one resumed
 * (fine-tuning guide, "Pause and resume").
 *
 * @returns the job as the service answers
 * @throws Error when the job can't be paused or resumed now, AzureFailure
 */
export async function pauseJob(
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
      throw new Error(`${job.id} is still pausing, and can be resumed when it is paused: run the command again then.`);
    }
    say(`resuming ${job.id}`);
    return dataPlane.jobs.resume(job.id);
  }
  if (job.status !== "running") {
    throw new Error(`${job.id} is ${job.status}, and can be paused when it runs: run the command again then.`);
  }
  say(`pausing ${job.id}`);
  return dataPlane.jobs.pause(job.id);
}
