import { lateBoundResource } from "../runtime/late-bound-resource";
import type { FineTuningJobArgs, FineTuningJobState } from "./schema";

/** A submitted fine-tuning job. `create` returns as soon as the job has an id; TrainedModel waits for it. */
export class FineTuningJob extends lateBoundResource<FineTuningJobArgs, FineTuningJobState>()({
  type: "FineTuningJob",
  handler: "dynamic-providers/fine-tuning-job/handler.ts",
  known: ["trainingKey", "marker", "suffix"],
  answered: ["jobId", "status", "createdAt", "adopted", "record", "fineTunedModel", "pausedByStack"],
}) {}
