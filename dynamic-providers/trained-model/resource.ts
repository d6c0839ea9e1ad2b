import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound, type InputsOf } from "../late-bound";
import type { TrainedModelArgs, TrainedModelState } from "./schema";

const provider = lateBound("dynamic-providers/trained-model/handler.ts");
/** Known only after the service has answered. */
const outputs = {
  status: undefined,
  fineTunedModel: undefined,
  baseModel: undefined,
  trainedTokens: undefined,
  billedTokens: undefined,
  createdAt: undefined,
  finishedAt: undefined,
  trainingLoss: undefined,
  validationLoss: undefined,
  final: undefined,
  best: undefined,
  checkpoints: undefined,
  steps: undefined,
  resultFileId: undefined,
  warnings: undefined,
};

/** Waits for a fine-tuning job and holds what it produced. */
export class TrainedModel extends pulumi.dynamic.Resource {
  /** The job that it is of: an `up --target` may leave out this resource while the job is replaced. */
  declare readonly jobId: pulumi.Output<TrainedModelState["jobId"]>;
  declare readonly status: pulumi.Output<TrainedModelState["status"]>;
  declare readonly fineTunedModel: pulumi.Output<TrainedModelState["fineTunedModel"]>;
  declare readonly baseModel: pulumi.Output<TrainedModelState["baseModel"]>;
  declare readonly trainedTokens: pulumi.Output<TrainedModelState["trainedTokens"]>;
  declare readonly billedTokens: pulumi.Output<TrainedModelState["billedTokens"]>;
  declare readonly createdAt: pulumi.Output<TrainedModelState["createdAt"]>;
  declare readonly finishedAt: pulumi.Output<TrainedModelState["finishedAt"]>;
  declare readonly trainingLoss: pulumi.Output<TrainedModelState["trainingLoss"]>;
  declare readonly validationLoss: pulumi.Output<TrainedModelState["validationLoss"]>;
  declare readonly final: pulumi.Output<TrainedModelState["final"]>;
  declare readonly best: pulumi.Output<TrainedModelState["best"]>;
  declare readonly checkpoints: pulumi.Output<TrainedModelState["checkpoints"]>;
  declare readonly steps: pulumi.Output<TrainedModelState["steps"]>;
  declare readonly resultFileId: pulumi.Output<TrainedModelState["resultFileId"]>;
  declare readonly warnings: pulumi.Output<TrainedModelState["warnings"]>;

  constructor(name: string, args: InputsOf<TrainedModelArgs>, opts?: pulumi.CustomResourceOptions) {
    super(
      provider,
      name,
      { ...outputs, ...args },
      { ...opts, hideDiffs: hiddenDiffs(outputs) },
      "finetune",
      "TrainedModel",
    );
  }
}
