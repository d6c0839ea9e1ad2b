import * as pulumi from "@pulumi/pulumi";
import type { ModelVersions } from "../dynamic-providers/model-versions/resource";
import { applyToUnknown } from "./apply-to-unknown";

/**
 * ARM ID of the account that made the model which serves; empty: the one that serves it.
 *
 * States of earlier releases lack this output of the register, and a preview takes it for unknown as long as the register doesn't change: the
 * deployment would seem to change. Their models are all the stack's own. Where it is really unknown, so is the model.
 */
export function servedFrom({ servedModel, servedFrom: from }: ModelVersions): pulumi.Output<string> {
  const known = applyToUnknown(from, (id) => (pulumi.isUnknown(id) ? "" : id));
  return pulumi.all([servedModel, known]).apply(([, id]) => id ?? "");
}
