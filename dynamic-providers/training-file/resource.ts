import { lateBoundResource } from "../runtime/late-bound-resource";
import type { TrainingFileArgs, TrainingFileState } from "./schema";

/**
 * A file on the Azure OpenAI account, named after its content.
 *
 * @example
 * ```ts
 * const file = new TrainingFile("tutor-file", {
 *   ...{ accountId, location, path: "data/tutor.jsonl", purpose: "fine-tune" },
 *   ...{ sha256: data.sha256, bytes: data.bytes },
 * });
 * export const fileId = file.fileId;
 * ```
 */
export class TrainingFile extends lateBoundResource<TrainingFileArgs, TrainingFileState>()({
  type: "TrainingFile",
  handler: "dynamic-providers/training-file/handler.ts",
  known: ["remoteName"],
  answered: ["fileId", "status", "createdAt"],
}) {}
