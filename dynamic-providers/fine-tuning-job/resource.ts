import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound, type InputsOf } from "../late-bound";
import type { FineTuningJobArgs, FineTuningJobState } from "./schema";

const provider = lateBound("dynamic-providers/fine-tuning-job/handler.ts");
/** Known only after the service has answered. */
const outputs = {
  jobId: undefined,
  status: undefined,
  createdAt: undefined,
  adopted: undefined,
  record: undefined,
  fineTunedModel: undefined,
  pausedByStack: undefined,
};

/** A submitted fine-tuning job. `create` returns as soon as the job has an id; TrainedModel waits for it. */
export class FineTuningJob extends pulumi.dynamic.Resource {
  /** Hash over all that decides the trained model; known at preview. */
  declare readonly trainingKey: pulumi.Output<FineTuningJobState["trainingKey"]>;
  declare readonly marker: pulumi.Output<FineTuningJobState["marker"]>;
  declare readonly suffix: pulumi.Output<FineTuningJobState["suffix"]>;
  declare readonly jobId: pulumi.Output<FineTuningJobState["jobId"]>;
  declare readonly status: pulumi.Output<FineTuningJobState["status"]>;
  declare readonly createdAt: pulumi.Output<FineTuningJobState["createdAt"]>;
  declare readonly adopted: pulumi.Output<FineTuningJobState["adopted"]>;
  declare readonly record: pulumi.Output<FineTuningJobState["record"]>;
  declare readonly fineTunedModel: pulumi.Output<FineTuningJobState["fineTunedModel"]>;

  constructor(name: string, args: InputsOf<FineTuningJobArgs>, opts?: pulumi.CustomResourceOptions) {
    super(
      provider,
      name,
      { trainingKey: undefined, marker: undefined, suffix: undefined, ...outputs, ...args },
      { ...opts, hideDiffs: hiddenDiffs(outputs) },
      "finetune",
      "FineTuningJob",
    );
  }
}
