import * as pulumi from "@pulumi/pulumi";
import type { ModelVersions } from "../dynamic-providers/model-versions/resource";
import type { ModelVersion, ModelVersionsArgs } from "../dynamic-providers/model-versions/schema";
import { jobsDestroyed } from "../dynamic-providers/model-versions/why-kept";
import { applyToUnknown } from "./apply-to-unknown";

/**
 * Ids of the jobs that a destroy deletes with their models, in an account that stays; undefined where the account goes with the stack (`owner` is
 * absent). Known in a preview wherever the jobs are, whatever else of their versions is unknown.
 */
export function destroyedJobs(
  { versions }: ModelVersions,
  { owner, retain }: { owner?: string; retain: ModelVersionsArgs["retain"] },
): pulumi.Output<string[]> | undefined {
  if (owner === undefined) return undefined;
  // Undefined under Pulumi's mocks, where no handler runs.
  return applyToUnknown(versions, (known: ModelVersion[] | undefined = []) =>
    pulumi.isUnknown(known) ? (known as never) : jobsDestroyed(known, retain),
  );
}
