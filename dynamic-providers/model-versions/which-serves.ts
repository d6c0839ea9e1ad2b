import { isUnknown } from "../runtime/unknown";
import type { ModelVersion } from "./schema";

/** Versions before it is decided which one serves. */
export type Numbered = Omit<ModelVersion, "status">;

/** Why a version may not serve, in phrases with figures; empty where it may. @param judged - whether evaluations count */
export function faults({ evaluation, refused }: Numbered, judged: boolean): string[] {
  if (refused) return [refused];
  return judged && evaluation && !isUnknown(evaluation) && !evaluation.passed ? evaluation.reasons : [];
}

/** Whether the candidate is another checkpoint of the very version that serves: a job has one number. */
export function isOtherCheckpoint(candidate: Numbered, served: Numbered | undefined): boolean {
  return served?.version === candidate.version && served.fineTunedModel !== candidate.fineTunedModel;
}

interface Choice {
  /** The model of today's data and settings. */
  candidate: Numbered;
  /** What served before this run. */
  before?: Numbered;
  pin?: number | string;
  judged: boolean;
}

/**
 * The version that the deployment is to have: the pinned one, else the candidate; where that did not pass, what served before goes on serving,
 * else the newest that may.
 *
 * @param all - newest first
 * @returns undefined where none may serve
 * @throws Error when the pinned version is not in the register, or did not pass
 */
export function whichServes(all: Numbered[], { candidate, before, pin, judged }: Choice): Numbered | undefined {
  const may = (one: Numbered) => faults(one, judged).length === 0;
  if (pin !== undefined) return pinned(all, candidate, pin, judged);
  if (may(candidate)) return candidate;
  return all.find(({ version }) => version === before?.version) ?? all.find(may);
}

function pinned(all: Numbered[], candidate: Numbered, pin: number | string, judged: boolean): Numbered {
  const found =
    pin === "previous"
      ? all.find((one) => one.version !== candidate.version && faults(one, judged).length === 0)
      : all.find(({ version, jobId }) => pin === version || pin === jobId);
  const setting = `\`deploy.version\` is ${JSON.stringify(pin)}`;
  const able = all.filter((one) => one !== found && faults(one, judged).length === 0).map(listed);
  const current = "the model for the current data and settings";
  if (!found) {
    throw new Error(
      able.length > 0
        ? `${setting}, but ${able.length < all.length ? "the stack has no such version that can be deployed. Those that can be are" : "the stack has no such version. Its versions are"} ${able.join(", ")}. Set it to one of these, or remove it to deploy ${current}.`
        : `${setting}, but none of the versions in the stack can be deployed. Remove the setting to evaluate ${current}, which is deployed if it passes.`,
    );
  }
  const why = faults(found, judged);
  if (why.length === 0) return found;
  const others =
    able.length > 0
      ? `Set it to a version that can be deployed (${able.join(", ")})`
      : `No other version can be deployed. Remove the setting to evaluate ${current}, which is deployed if it passes`;
  throw new Error(
    `${setting}, but version ${found.version} did not pass when it was last judged, by the limits set then: ${why.join("; ")}. ${others}, or ${evaluatedAgain(found)} to have it evaluated again (nothing is trained).`,
  );
}

function evaluatedAgain({ version, promotedFrom }: Numbered): string {
  return promotedFrom
    ? `set \`promote.version\` to ${promotedFrom.version}`
    : `restore the data and settings of version ${version}`;
}

function listed({ version, jobId }: Numbered): string {
  return isUnknown(jobId) ? `${version} (to be trained)` : `${version} (${jobId})`;
}
