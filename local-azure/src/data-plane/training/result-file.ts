import type { DataPlaneState, FileRecord, JobMethod, JobRecord } from "../../world/state";
import type { LossMetrics, RewardMetrics, StepMetrics } from "./step-metrics";
import { activeMs, stepsDone, timeOfWork, workOfStep } from "../../course/job-course";
import { totalSteps } from "../../models/tuned-model";

/** Work after which a job's results file exists: right after the first step, as recorded. */
export function workOfResultFile(job: JobRecord): number {
  return workOfStep(job, 1, totalSteps(job)) + job.trainingMs * 0.002;
}

/** When the results file of a job was created; undefined: not yet. */
export function resultFileAt(job: JobRecord, now: number): number | undefined {
  const work = workOfResultFile(job);
  const at = timeOfWork(job, work);
  const reached = job.startedAt !== undefined && activeMs(job, now) >= work;
  return reached && at !== undefined && at <= now ? at : undefined;
}

/** Adds the results files that were created since the last call. */
export function settleResultFiles(dataPlane: DataPlaneState, now: number): void {
  for (const job of dataPlane.jobs) {
    const createdAt = job.resultFileListed ? undefined : resultFileAt(job, now);
    if (createdAt !== undefined) {
      job.resultFileListed = true;
      dataPlane.files.push(resultFile(job, createdAt));
    }
  }
}

function resultFile(job: JobRecord, createdAt: number): FileRecord {
  const times = { createdAt, processedAt: createdAt };
  return {
    id: job.resultFileId,
    filename: "results.csv",
    purpose: "fine-tune-results",
    bytes: 0,
    ...times,
    resultsOf: job.id,
  };
}

const lossColumns: (keyof LossMetrics)[] = [
  "step",
  "train_loss",
  "train_mean_token_accuracy",
  "valid_loss",
  "valid_mean_token_accuracy",
  "full_valid_loss",
  "full_valid_mean_token_accuracy",
];

/** Names: guess. */
const preferenceColumns: (keyof LossMetrics)[] = [
  ...lossColumns,
  ...(["train_preference_accuracy", "valid_preference_accuracy", "full_valid_preference_accuracy"] as const),
];

/** Of those on record the ones that mean something here: there are no policy gradients, whose losses are left out. */
const rewardColumns: (keyof RewardMetrics)[] = [
  "step",
  "train_mean_reward",
  "full_valid_mean_reward",
  "completion_tokens_mean",
  "reasoning_tokens_mean",
  "mean_unresponsive_rewards",
  "train_sample_parse_error_count",
  "train_other_error_count",
];

type Column = Exclude<keyof StepMetrics, "grader_tokens">;

const columnsOf: Record<JobMethod["type"], Column[]> = {
  supervised: lossColumns,
  dpo: preferenceColumns,
  reinforcement: rewardColumns,
};

/** The rows of the steps that are done by `now`; the file of a running job can be read. */
export function resultsCsv(job: JobRecord, metrics: StepMetrics[], now: number): string {
  const done = metrics.slice(0, stepsDone(job, metrics.length, now));
  const columns = columnsOf[job.method?.type ?? "supervised"];
  const lines = done.map((row) => columns.map((key) => row[key] ?? "").join(","));
  return [columns.join(","), ...lines, ""].join("\n");
}
