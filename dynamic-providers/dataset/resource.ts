import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound, type InputsOf } from "../late-bound";
import type { DatasetArgs, DatasetState } from "./schema";

const provider = lateBound("dynamic-providers/dataset/handler.ts");

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
export class Dataset extends pulumi.dynamic.Resource {
  declare readonly path: pulumi.Output<DatasetState["path"]>;
  declare readonly sha256: pulumi.Output<DatasetState["sha256"]>;
  declare readonly contentSha256: pulumi.Output<DatasetState["contentSha256"] | undefined>;
  declare readonly bytes: pulumi.Output<DatasetState["bytes"]>;
  declare readonly examples: pulumi.Output<DatasetState["examples"]>;
  declare readonly tokens: pulumi.Output<DatasetState["tokens"]>;
  declare readonly warnings: pulumi.Output<DatasetState["warnings"]>;

  constructor(name: string, args: InputsOf<DatasetArgs>, opts?: pulumi.CustomResourceOptions) {
    const outputs = {
      sha256: undefined,
      contentSha256: undefined,
      bytes: undefined,
      examples: undefined,
      tokens: undefined,
      warnings: undefined,
    };
    super(provider, name, { ...outputs, ...args }, { ...opts, hideDiffs: hiddenDiffs() }, "finetune", "Dataset");
  }
}
