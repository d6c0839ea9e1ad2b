import { lateBoundResource } from "../runtime/late-bound-resource";
import type { DatasetArgs, DatasetState } from "./schema";

/**
 * A dataset file, validated and counted at preview, where all its outputs are known. It has no remote side.
 *
 * @example
 * ```ts
 * const training = new Dataset("training-data", {
 *   path: "data/training_set.jsonl",
 *   role: "training",
 *   model: "gpt-4o-mini-2024-07-18",
 *   method: "supervised",
 * });
 * ```
 */
export class Dataset extends lateBoundResource<DatasetArgs, DatasetState>()({
  type: "Dataset",
  handler: "dynamic-providers/dataset/handler.ts",
  known: ["path", "sha256", "contentSha256", "bytes", "examples", "tokens", "warnings", "source"],
}) {}
