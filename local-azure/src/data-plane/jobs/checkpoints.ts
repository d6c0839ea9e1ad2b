import { createHash } from "node:crypto";
import type { JobRecord } from "../../world/state";
import { seconds } from "../api/unix-time";
import type { StepMetrics } from "../training/step-metrics";
import type { TrainingResult } from "../training/training-run";
import { timeOfWork, workOfStep } from "../../course/job-course";
import { checkpointName, checkpointSteps } from "../../models/tuned-model";

/** Checkpoints of a job, newest first; the metrics are those of the step, with numbers only. */
export function checkpointsOf(job: JobRecord, { metrics }: TrainingResult, now: number) {
  return checkpointSteps(job, now)
    .map((step) => ({
      id: checkpointId(job, step),
      object: "fine_tuning.job.checkpoint",
      created_at: seconds(timeOfWork(job, workOfStep(job, step, metrics.length)) ?? now),
      fine_tuned_model_checkpoint: checkpointName(job, step),
      fine_tuning_job_id: job.id,
      step_number: step,
      metrics: numbersOf(metrics[step - 1]!),
    }))
    .reverse();
}

function numbersOf({ grader_tokens: _, ...numbers }: StepMetrics) {
  return numbers;
}

/** The same at each request. */
export function checkpointId(job: JobRecord, step: number): string {
  return `ftchkpt-${createHash("md5").update(`${job.id} ${step}`).digest("hex")}`;
}
