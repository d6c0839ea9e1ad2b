import type { JobRecord } from "../../world/state";
import { totalSteps } from "../../models/tuned-model";
import { shuffled } from "./shuffled";

/**
 * Which rows of its training file a job's model knows after a step, by their number from 0: after N of M steps the first N/M of them, in the
 * order in which the first epoch takes them. So each checkpoint knows all that the one before it knew, and the last knows everything. A real
 * model sees every row in its first epoch and remembers each a little better in every later one; here a row is known or not [this
 * service's own].
 *
 * @param step - undefined: after the last one
 */
export function learnedRows(job: JobRecord, step: number | undefined): (row: number) => boolean {
  if (step === undefined || step >= totalSteps(job)) return () => true;
  const rows = Array.from({ length: job.trainingRows }, (_, row) => row);
  const known = new Uint8Array(rows.length);
  for (const row of shuffled(rows, job.seed).slice(0, knownCount(job, step))) known[row] = 1;
  return (row) => known[row] === 1;
}

function knownCount(job: JobRecord, step: number): number {
  return Math.ceil((job.trainingRows * step) / totalSteps(job));
}
