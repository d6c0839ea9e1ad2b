import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound, type InputsOf } from "../late-bound";
import type { CostEstimateArgs, CostEstimateState } from "./schema";

const provider = lateBound("dynamic-providers/cost-estimate/handler.ts");

/** What the training and the hosting will cost, computed at preview. It has no remote side and nothing depends on it. */
export class CostEstimate extends pulumi.dynamic.Resource {
  declare readonly estimate: pulumi.Output<CostEstimateState["estimate"]>;

  constructor(name: string, args: InputsOf<CostEstimateArgs>, opts?: pulumi.CustomResourceOptions) {
    const outputs = { estimate: undefined };
    super(provider, name, { ...outputs, ...args }, { ...opts, hideDiffs: hiddenDiffs() }, "finetune", "CostEstimate");
  }
}
