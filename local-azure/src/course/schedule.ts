import type { DataPlaneState, JobRecord } from "../world/state";
import { finishedAt, occupiesSlot, phaseAt, preparedAt } from "./job-course";

/** Jobs that train at the same time in one account (MaxRunningFineTuneCount of the account's capabilities); more wait. */
export const MAX_RUNNING_JOBS = 3;

/**
 * Gives places to waiting jobs, in order of submission, up to `now`. A place is given at the moment it came free, so the
 * outcome does not depend on when it is read. Call it before anything that reads or changes jobs.
 */
export function settleJobs(dataPlane: DataPlaneState, now: number): void {
  const waiting = dataPlane.jobs
    .filter((job) => job.startedAt === undefined && !job.problem && job.fault?.outcome !== "stay-queued")
    .sort((a, b) => a.createdAt - b.createdAt);
  let earliest = -Infinity;
  for (const job of waiting) {
    const from = Math.max(preparedAt(job), earliest);
    const start = firstFreeMoment(dataPlane.jobs, from, now);
    if (start === undefined) continue;
    earliest = Math.max(earliest, start);
    if (job.cancelledAt === undefined || start < job.cancelledAt) begin(job, start);
  }
}

function firstFreeMoment(jobs: JobRecord[], from: number, now: number): number | undefined {
  // Of a thousand jobs few still train then; the others end nothing and occupy nothing from `from` on.
  const training = jobs.filter((job) => job.startedAt !== undefined && finishedAt(job, from) === undefined);
  const ends = training.flatMap((job) => [finishedAt(job, now), ...job.stops.map(({ at }) => at)]);
  const moments = [from, ...ends.filter((at) => at !== undefined && at > from)].sort((a, b) => a! - b!) as number[];
  return moments.find((at) => at <= now && training.filter((job) => isTraining(job, at)).length < MAX_RUNNING_JOBS);
}

function isTraining(job: JobRecord, at: number): boolean {
  return job.startedAt !== undefined && occupiesSlot(phaseAt(job, at));
}

/** Starts the job and lays down the times of faults that happen on the way. */
function begin(job: JobRecord, at: number): void {
  job.startedAt = at;
  const { fault } = job;
  if (fault?.outcome === "preempt") {
    const stopAt = at + job.trainingMs * (fault.atFraction ?? 0.5);
    job.stops.push({ at: stopAt, resumedAt: stopAt + (fault.seconds ?? 5) * 1000, why: "preempted" });
  }
  if (fault?.outcome === "pause") job.stops.push({ at: at + job.trainingMs * (fault.atFraction ?? 0.5), why: "limit" });
  if (fault?.outcome === "cancel") {
    const cancelAt = at + job.trainingMs * (fault.atFraction ?? 0.5);
    job.cancelledAt = Math.min(cancelAt, job.cancelledAt ?? Infinity);
  }
}
