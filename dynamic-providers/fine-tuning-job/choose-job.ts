import { isTerminal, type RemoteJob } from "../../azure-openai/remote-jobs";
import { isModel } from "./base-model";
import { bearsMarker } from "./marker";

/** The jobs of one training of one stack, oldest first: those that bear its marker and train its model. */
export function ownJobs(jobs: RemoteJob[], owner: { marker: string; model: string }): RemoteJob[] {
  return jobs
    .filter((job) => bearsMarker(job.suffix, owner.marker) && isModel(owner.model, job.model))
    .sort((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1));
}

/** Which of them counts: the oldest that succeeded, else the oldest that is still running. Failed and cancelled ones never do. */
export function chooseJob(own: RemoteJob[]): RemoteJob | undefined {
  return own.find((job) => job.status === "succeeded") ?? own.find(isLive);
}

export function isLive(job: RemoteJob): boolean {
  return !isTerminal(job.status);
}
