import type { Hyperparameters, JobRecord } from "../world/state";
import { phaseAt, stepsDone } from "../course/job-course";

/** `<base>.ft-<32 hex of the job's id>[-<suffix>]`, as on record. */
export function tunedModelName(job: JobRecord): string {
  const hex = job.id.slice("ftjob-".length);
  return `${job.baseModel}.ft-${hex}${job.suffix === undefined ? "" : `-${job.suffix}`}`;
}

/** Training steps of a job over so many rows. */
export function stepsOf(rows: number, { epochs, batchSize }: Hyperparameters): number {
  return Math.ceil(rows / batchSize) * epochs;
}

/** Training steps of the job in all. */
export function totalSteps(job: JobRecord): number {
  return stepsOf(job.trainingRows, job.chosen);
}

/** Steps of which the job has a deployable checkpoint, oldest first. */
export function checkpointSteps(job: JobRecord, now: number): number[] {
  const phase = phaseAt(job, now);
  const steps = totalSteps(job);
  if (phase === "succeeded") return epochEnds(steps, job.chosen.epochs).slice(-MAX_CHECKPOINTS);
  // A pause leaves a checkpoint of the step it came at; the service needs one finished step.
  const done = stepsDone(job, steps, now);
  return phase === "paused" && done > 0 ? [done] : [];
}

/** The last step's checkpoint is the model itself; earlier ones have a name of their own. */
export function checkpointName(job: JobRecord, step: number): string {
  return step === totalSteps(job) ? tunedModelName(job) : `${tunedModelName(job)}:ckpt-step-${step}`;
}

/** The service keeps the checkpoints of the last three epochs. */
const MAX_CHECKPOINTS = 3;

function epochEnds(steps: number, epochs: number): number[] {
  return Array.from({ length: epochs }, (_, epoch) => (steps / epochs) * (epoch + 1));
}
