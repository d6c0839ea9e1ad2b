import type { JobRecord } from "../world/state";

/** The phase of a job. `queued` and `preparing` both read as `pending` outside. */
export type Phase =
  | "preparing"
  | "queued"
  | "running"
  | "pausing"
  | "paused"
  | "resuming"
  | "preempted"
  | "succeeded"
  | "failed"
  | "cancelled";

/**
 * When things happen, as parts of a job's active time (from "Job started." to its end), in the order that three jobs of 2026-10 show. There
 * the training took 15 to 40% of it and all after the last step 46 to 70%: here it is shorter, to save time.
 */
export const milestones = {
  dataImport: 0.01,
  gpuQueue: 0.1,
  training: { from: 0.15, to: 0.75 },
  /** The event `Job succeeded.`, long before the status says so. */
  trained: 0.85,
  safetyEvaluation: 0.86,
};

const terminal: ReadonlySet<Phase> = new Set<Phase>(["succeeded", "failed", "cancelled"]);
const occupying: ReadonlySet<Phase> = new Set<Phase>(["running", "pausing", "resuming"]);

export function isTerminal(phase: Phase): boolean {
  return terminal.has(phase);
}

/** Whether a job in this phase takes one of the account's places for running jobs. A paused one does not [guess]. */
export function occupiesSlot(phase: Phase): boolean {
  return occupying.has(phase);
}

/** When the rows have been checked and the job may start. */
export function preparedAt(job: JobRecord): number {
  return job.createdAt + job.preparationMs;
}

/** Milliseconds that pausing and resuming take each. */
function transitionMs(job: JobRecord): number {
  return Math.min(1000, job.trainingMs / 20);
}

/** Milliseconds of work done by `now`: stops do not count. */
export function activeMs(job: JobRecord, now: number): number {
  if (job.startedAt === undefined) return 0;
  let worked = Math.min(now, job.cancelledAt ?? Infinity) - job.startedAt;
  for (const stop of job.stops) {
    const until = Math.min(now, job.cancelledAt ?? Infinity);
    worked -= Math.max(0, Math.min(stop.resumedAt ?? Infinity, until) - Math.min(stop.at, until));
  }
  return Math.max(0, Math.min(worked, workMs(job)));
}

/** When the job has done `worked` milliseconds of work; undefined while an open stop keeps it from getting there. */
export function timeOfWork(job: JobRecord, worked: number): number | undefined {
  if (job.startedAt === undefined) return undefined;
  let time = job.startedAt + worked;
  for (const stop of job.stops) {
    if (stop.at >= time) break;
    if (stop.resumedAt === undefined) return undefined;
    time += stop.resumedAt - stop.at;
  }
  return time;
}

/** Work until the end, which a failure brings forward. */
function workMs(job: JobRecord): number {
  return job.fault?.outcome === "fail-training" ? job.trainingMs * (job.fault.atFraction ?? 0.5) : job.trainingMs;
}

/** When the job ends if nothing interferes; undefined while that is unknown. */
export function naturalEnd(job: JobRecord): number | undefined {
  return job.problem ? preparedAt(job) : timeOfWork(job, workMs(job));
}

/** When the job ended, if it has. */
export function finishedAt(job: JobRecord, now: number): number | undefined {
  const end = Math.min(job.cancelledAt ?? Infinity, naturalEnd(job) ?? Infinity);
  return end <= now ? end : undefined;
}

/** The phase at `now`: a function of the stored times alone. */
export function phaseAt(job: JobRecord, now: number): Phase {
  const end = finishedAt(job, now);
  if (end !== undefined) {
    if (job.cancelledAt !== undefined && job.cancelledAt <= end) return "cancelled";
    return problemOf(job) ? "failed" : "succeeded";
  }
  if (job.startedAt === undefined || now < job.startedAt) return now < preparedAt(job) ? "preparing" : "queued";
  const stop = job.stops.findLast(({ at }) => at <= now);
  if (!stop) return "running";
  if (stop.why === "preempted") return stop.resumedAt === undefined || now < stop.resumedAt ? "preempted" : "running";
  if (now < stop.at + transitionMs(job)) return "pausing";
  // `resumedAt` is when training continues; the reply to the resume request says resuming.
  if (stop.resumedAt === undefined || now < stop.resumedAt - transitionMs(job)) return "paused";
  return now < stop.resumedAt ? "resuming" : "running";
}

/** When a resume that is asked for at `now` puts the job to work. */
export function resumeTime(job: JobRecord, now: number): number {
  return now + transitionMs(job);
}

/** What a job that ends as `failed` says. */
export function problemOf(job: JobRecord): JobRecord["problem"] {
  if (job.problem) return job.problem;
  switch (job.fault?.outcome) {
    case "fail-training":
      return { code: "internalFailure", message: job.fault.message ?? "The job failed due to an internal error." };
    case "fail-evaluation":
      return { code: "contentFilter", message: job.fault.message ?? EVALUATION_REFUSAL };
    case "fail-postprocessing":
      // The text is recorded as an event; that the job's error says the same, and its code, are guesses.
      return { code: "internalFailure", message: job.fault.message ?? POSTPROCESSING_FAILURE };
    default:
      return undefined;
  }
}

/** Text of Microsoft's page on safety evaluation. */
const EVALUATION_REFUSAL =
  "This model is unable to be deployed. Model evaluation identified that this fine tuned model scores above " +
  "acceptable thresholds for [Violence, Self Harm]. Please review your training data set and resubmit the job.";

/** Text of the event with which a job ended whose safety evaluation broke down (recorded). */
export const POSTPROCESSING_FAILURE = "Fine tune failed during postprocessing";

/** Steps finished by `now`, of `steps` in all. */
export function stepsDone(job: JobRecord, steps: number, now: number): number {
  if (job.trainingMs === 0) return activeMs(job, now) >= workMs(job) && job.startedAt !== undefined ? steps : 0;
  const fraction = activeMs(job, now) / job.trainingMs;
  const { from, to } = milestones.training;
  const trained = (fraction - from) / (to - from);
  return Math.max(0, Math.min(steps, Math.floor(trained * steps + 1e-9)));
}

/** Work at which step `step` (1-based) of `steps` is finished. */
export function workOfStep(job: JobRecord, step: number, steps: number): number {
  const { from, to } = milestones.training;
  return job.trainingMs * (from + (to - from) * (step / steps));
}
