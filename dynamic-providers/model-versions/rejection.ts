import { anotherVersion } from "./another-version";
import type { ModelVersion } from "./schema";
import type { NextVersions } from "./next-versions";
import { faults } from "./which-serves";

/**
 * Why the candidate does not serve, with the figures, what serves in its place, and what to do. In the words of `deploy.gate`
 * (trained-model/training-outcome.ts), since it is the same to those who read it.
 *
 * @returns empty where the candidate may serve, or `deploy.version` decides
 */
export function rejection(
  { candidate, served }: Pick<NextVersions, "candidate" | "served">,
  { judged, pin }: { judged: boolean; pin?: number | string },
): string {
  const why = pin === undefined ? faults(candidate, judged) : [];
  if (why.length === 0) return "";
  const { version, fineTunedModel, evaluation } = candidate;
  const figures = evaluation?.summary ? ` (${evaluation.summary})` : "";
  return `Version ${version} (${fineTunedModel}) did not pass its evaluation: ${why.join("; ")}${figures}. ${whatServes(served)} To clear this error, change a threshold in \`evaluation\` (no charge), or ${anotherVersion(candidate)}${orPin(candidate, served)}.`;
}

function whatServes(served: ModelVersion | undefined): string {
  if (!served) return "No other version has passed, so the current deployment is unchanged.";
  return `Version ${served.version} remains deployed.`;
}

function orPin(candidate: ModelVersion, served: ModelVersion | undefined): string {
  if (!served || served.version === candidate.version) return "";
  return `; or set \`deploy.version\` to ${served.version} to keep version ${served.version} deployed`;
}
