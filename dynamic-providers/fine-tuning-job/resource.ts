import { lateBoundResource } from "../runtime/late-bound-resource";
import type { FineTuningJobArgs, FineTuningJobState } from "./schema";

/**
 * A submitted fine-tuning job. `create` returns as soon as the job has an id; TrainedModel waits for it.
 *
 * @example
 * ```ts
 * const job = new FineTuningJob("tutor-job", {
 *   ...{ accountId, location, model: "gpt-4o-mini-2024-07-18", method: "supervised", trainingType: "Standard" },
 *   ...{ trainingFileId: file.fileId, trainingSha256: data.sha256 },
 *   ...{ project: pulumi.getProject(), stack: pulumi.getStack(), logicalName: "tutor-job" },
 * });
 * export const jobId = job.jobId;
 * ```
 */
export class FineTuningJob extends lateBoundResource<FineTuningJobArgs, FineTuningJobState>()({
  type: "FineTuningJob",
  handler: "dynamic-providers/fine-tuning-job/handler.ts",
  known: ["trainingKey", "marker", "suffix"],
  answered: ["jobId", "status", "createdAt", "adopted", "record", "fineTunedModel", "pausedByStack"],
}) {}
