import { lateBoundResource } from "../runtime/late-bound-resource";
import { resultNames, type TrainedModelArgs, type TrainedModelState } from "./schema";

/**
 * Waits for a fine-tuning job and holds what it produced.
 *
 * @example
 * ```ts
 * const trained = new TrainedModel("tutor-model", {
 *   ...{ accountId, location, jobId: job.jobId, trainingKey: job.trainingKey },
 *   ...{ waitMinutes: 300, wait: true, checkpoint: "last", gate: { maxValidationLoss: 1.2 } },
 * });
 * export const model = trained.fineTunedModel;
 * ```
 */
export class TrainedModel extends lateBoundResource<TrainedModelArgs, TrainedModelState>()({
  type: "TrainedModel",
  handler: "dynamic-providers/trained-model/handler.ts",
  known: ["jobId"],
  answered: ["fineTunedModel", ...resultNames],
}) {}
