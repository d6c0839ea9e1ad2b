import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound, type InputsOf } from "../late-bound";
import type { TrainingFileArgs, TrainingFileState } from "./schema";

const provider = lateBound("dynamic-providers/training-file/handler.ts");
/** Known only after the service has answered. */
const outputs = { fileId: undefined, status: undefined, createdAt: undefined };

/** A file on the Azure OpenAI account, named after its content. */
export class TrainingFile extends pulumi.dynamic.Resource {
  declare readonly remoteName: pulumi.Output<TrainingFileState["remoteName"]>;
  declare readonly fileId: pulumi.Output<TrainingFileState["fileId"]>;
  declare readonly status: pulumi.Output<TrainingFileState["status"]>;
  declare readonly createdAt: pulumi.Output<TrainingFileState["createdAt"]>;

  constructor(name: string, args: InputsOf<TrainingFileArgs>, opts?: pulumi.CustomResourceOptions) {
    super(
      provider,
      name,
      { remoteName: undefined, ...outputs, ...args },
      { ...opts, hideDiffs: hiddenDiffs(outputs) },
      "finetune",
      "TrainingFile",
    );
  }
}
