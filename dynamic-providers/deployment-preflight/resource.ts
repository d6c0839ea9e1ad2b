import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound, type InputsOf } from "../late-bound";
import type { DeploymentPreflightArgs } from "./schema";

const provider = lateBound("dynamic-providers/deployment-preflight/handler.ts");

/**
 * The check that comes before a deployment is deleted to make place for another one. What deletes it takes its name from here, so an `up`
 * that ends here has deleted nothing.
 */
export class DeploymentPreflight extends pulumi.dynamic.Resource {
  declare readonly deploymentName: pulumi.Output<string>;

  constructor(name: string, args: InputsOf<DeploymentPreflightArgs>, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { ...args }, { ...opts, hideDiffs: hiddenDiffs() }, "finetune", "DeploymentPreflight");
  }
}
