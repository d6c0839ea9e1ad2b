import { lateBoundResource } from "../runtime/late-bound-resource";
import type { ModelVersionsArgs, ModelVersionsState } from "./schema";

/**
 * The register of a model's trained versions: which one serves, and which are kept for going back to them.
 *
 * @example
 * ```ts
 * const versions = new ModelVersions("tutor-versions", {
 *   ...{ accountId, location, job: "tutor-job", jobId: job.jobId, trainingKey: job.trainingKey, adopted: job.adopted },
 *   ...{ fineTunedModel: trained.fineTunedModel, checkpoint: "last", trainedAt: trained.finishedAt },
 *   ...{ base: "gpt-4o-mini-2024-07-18", trainingSha256: data.sha256, deployed: true, retain: { versions: 3 } },
 * });
 * export const model = versions.servedModel;
 * ```
 */
export class ModelVersions extends lateBoundResource<ModelVersionsArgs, ModelVersionsState>()({
  type: "ModelVersions",
  handler: "dynamic-providers/model-versions/handler.ts",
  known: ["versions", "servedModel", "servedKey", "servedCheckpoint", "servedFrom", "servedAs", "rejected"],
}) {}
