import type { ModelVersion, ModelVersionsArgs } from "./schema";

type Retain = ModelVersionsArgs["retain"];

/** What keeps a version's job and model although the register lets go of it: another stack, or the settings that keep a job without a register. */
export function whyKept(
  { adopted, promotedFrom }: Pick<ModelVersion, "adopted" | "promotedFrom">,
  retain: Retain,
): string | undefined {
  if (promotedFrom) return `the stack ${promotedFrom.stack} trained it`;
  if (adopted && retain.adopted !== false) return "it was adopted through existingJobId";
  return retain.model ? "retain.model is set" : undefined;
}

/** Ids of the jobs that a destroy deletes with their models, where the account stays. */
export function jobsDestroyed<T extends Pick<ModelVersion, "jobId" | "adopted" | "promotedFrom">>(
  versions: readonly T[],
  retain: Retain,
): string[] {
  return versions.filter((one) => whyKept(one, retain) === undefined).map(({ jobId }) => jobId);
}
