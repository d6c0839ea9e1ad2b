import { isUnknown } from "../runtime/unknown";
import type { ModelVersion } from "./schema";

/** Versions before it is decided which one serves. */
export type Numbered = Omit<ModelVersion, "status">;

/** Why a version may not serve, in phrases with figures; empty where it may. @param judged - whether evaluations count */
export function faults({ evaluation, refused }: Numbered, judged: boolean): string[] {
  if (refused) return [refused];
  return judged && evaluation && !isUnknown(evaluation) && !evaluation.passed ? evaluation.reasons : [];
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
  const current = "the model of the current data and settings";
  if (!found) {
    throw new Error(
      able.length > 0
        ? `${setting}, which is not among the versions that the stack keeps${able.length < all.length ? " and that can serve" : ""}: ${able.join(", ")}. Set it to one of these numbers, or remove it to serve ${current}.`
        : `${setting}, but none of the versions that the stack keeps can serve. Remove it to evaluate ${current}, which serves if it passes.`,
    );
  }
  const why = faults(found, judged);
  if (why.length === 0) return found;
  const others =
    able.length > 0
      ? `Set it to a version that can serve (${able.join(", ")})`
      : `No other version can serve. Remove it to evaluate ${current}, which serves if it passes`;
  throw new Error(
    `${setting}, but version ${found.version} did not pass: ${why.join("; ")}. ${others}, or restore the data and settings of version ${found.version} to have it evaluated again, which trains nothing.`,
  );
}

function listed({ version, jobId }: Numbered): string {
  return isUnknown(jobId) ? `${version} (to be trained)` : `${version} (${jobId})`;
}
