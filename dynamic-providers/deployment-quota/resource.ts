import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound, type InputsOf } from "../late-bound";
import type { DeploymentQuotaArgs } from "./schema";

const provider = lateBound("dynamic-providers/deployment-quota/handler.ts");

/**
 * The capacity that a deployment needs, where one deployment follows another under the same name. A deployment that takes its name from
 * here is deleted before this is replaced, and created after the capacity of the old one has come free.
 */
export class DeploymentQuota extends pulumi.dynamic.Resource {
  declare readonly deploymentName: pulumi.Output<string>;

  constructor(name: string, args: InputsOf<DeploymentQuotaArgs>, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { ...args }, { ...opts, hideDiffs: hiddenDiffs() }, "finetune", "DeploymentQuota");
  }
}
