import { anotherVersion } from "./another-version";
import type { ModelVersion } from "./schema";
import type { NextVersions } from "./next-versions";
import { faults, isOtherCheckpoint } from "./which-serves";

/**
 * Why the candidate does not serve, with the figures, what serves in its place, and what to do. In the words of `deploy.gate`
 * (trained-model/training-outcome.ts), since it is the same to those who read it.
 *
 * @param how - `judged`: whether evaluations count; `pin`: `deploy.version`; `waits`: the deployment's name, and the one that it does not get yet
 * @returns empty where the candidate may serve, or `deploy.version` decides
 */
export function rejection(
  { candidate, served }: Pick<NextVersions, "candidate" | "served">,
  { judged, pin, waits }: { judged: boolean; pin?: number | string; waits?: { from: string; to: string } },
): string {
  const why = pin === undefined ? faults(candidate, judged) : [];
  if (why.length === 0) return "";
  const { fineTunedModel, evaluation } = candidate;
  const figures = evaluation?.summary ? ` (${evaluation.summary})` : "";
  const name = waits
    ? ` The deployment keeps its name ${waits.from}: it is renamed to ${waits.to} once a model passes or \`deploy.version\` is set.`
    : "";
  return `${versionOf(candidate, served)} (${fineTunedModel}) did not pass its evaluation: ${why.join("; ")}${figures}. ${whatServes(candidate, served)}${name} To clear this error, ${waysOn(candidate, served)}.`;
}

/** `Version 2`; `Checkpoint 69 of version 2` where another one of the same version serves. */
export function versionOf(candidate: ModelVersion, served: ModelVersion | undefined): string {
  const { version, checkpoint } = candidate;
  return isOtherCheckpoint(candidate, served) ? `Checkpoint ${checkpoint} of version ${version}` : `Version ${version}`;
}

/** What can be done, and what each costs. */
export function waysOn(candidate: ModelVersion, served: ModelVersion | undefined): string {
  return `change a threshold in \`evaluation\` (no charge), or ${anotherVersion(candidate)}${orKeep(candidate, served)}`;
}

/** The first sentence of a rejection, without the model and the figures beyond score and limit; what is none stays as it is. */
export function inShort(rejected: string): string {
  const found = /^((?:Checkpoint \S+ of v|V)ersion \d+) \(\S+\) (did not pass its evaluation: .*?)(?: \(|\. )/.exec(
    rejected,
  );
  return found ? `${found[1]} ${found[2]}.` : rejected;
}

function whatServes(candidate: ModelVersion, served: ModelVersion | undefined): string {
  if (!served) return "No other version has passed, so the current deployment is unchanged.";
  if (isOtherCheckpoint(candidate, served))
    return `Checkpoint ${served.checkpoint} of version ${served.version} (${served.fineTunedModel}) remains deployed.`;
  return `Version ${served.version} remains deployed.`;
}

function orKeep(candidate: ModelVersion, served: ModelVersion | undefined): string {
  if (!served) return "";
  if (isOtherCheckpoint(candidate, served) && !candidate.promotedFrom)
    return `; or set \`deploy.checkpoint\` to ${served.checkpoint} to keep that one deployed`;
  if (served.version === candidate.version) return "";
  return `; or set \`deploy.version\` to ${served.version} to keep version ${served.version} deployed`;
}
