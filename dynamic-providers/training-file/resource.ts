import { lateBoundResource } from "../runtime/late-bound-resource";
import type { TrainingFileArgs, TrainingFileState } from "./schema";

/** A file on the Azure OpenAI account, named after its content. */
export class TrainingFile extends lateBoundResource<TrainingFileArgs, TrainingFileState>()({
  type: "TrainingFile",
  handler: "dynamic-providers/training-file/handler.ts",
  known: ["remoteName"],
  answered: ["fileId", "status", "createdAt"],
}) {}
