import { lateBoundResource } from "../runtime/late-bound-resource";
import type { TrainedModelArgs, TrainedModelState } from "./schema";

/** Waits for a fine-tuning job and holds what it produced. */
export class TrainedModel extends lateBoundResource<TrainedModelArgs, TrainedModelState>()({
  type: "TrainedModel",
  handler: "dynamic-providers/trained-model/handler.ts",
  known: ["jobId"],
  answered: [
    "status",
    "fineTunedModel",
    "baseModel",
    "trainedTokens",
    "billedTokens",
    "createdAt",
    "finishedAt",
    "trainingLoss",
    "validationLoss",
    "final",
    "best",
    "checkpoints",
    "steps",
    "resultFileId",
    "warnings",
  ],
}) {}
