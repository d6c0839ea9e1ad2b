import { isUnknown } from "../runtime/unknown";
import type { ModelVersion, TrainedVersion } from "./schema";

/** How the register goes on. */
export interface VersionRule {
  /** How many versions are kept, the serving one included; at least 1. */
  limit: number;
  /** Whether the stack has a deployment. */
  deployed: boolean;
  /** As the setting `deploy.version` has it; absent: the newest model serves. */
  pin?: number | string;
}

export interface NextVersions {
  /** Newest first. */
  versions: ModelVersion[];
  /** The version that the deployment is to have. */
  served: ModelVersion;
  /** Whether it was in the register before this run: then nothing is trained for it. */
  wasThere: boolean;
  /** Which one had it before this run. */
  before?: ModelVersion;
  /** Versions beyond the limit, newest first. */
  dropped: ModelVersion[];
}

/**
 * The register after a run: the newest model is entered, or found again if it was there before; what is beyond the limit is dropped. What serves,
 * what the newest data trained and what served before are dropped last.
 *
 * @param register - as it was
 * @param newest - what data and settings come to; what is not trained yet is unknown
 * @throws Error when the pinned version is not in the register
 */
export function nextVersions(register: ModelVersion[], newest: TrainedVersion, rule: VersionRule): NextVersions {
  const known = register.find((version) => isSame(version, newest));
  const entered = known ? foundAgain(known, newest) : { ...newest, version: nextNumber(register) };
  const others = register.filter((version) => version !== known);
  const all = [entered, ...others].sort((a, b) => b.version - a.version);
  const served = pinned(all, entered, rule.pin);
  const before = register.find(({ status }) => status === "serving");
  const last = [served.version, entered.version, before?.version];
  const rank = ({ version }: { version: number }) => (last.includes(version) ? last.indexOf(version) : last.length);
  const needed = served.version === entered.version ? 1 : 2;
  const stay = new Set(
    [...all].sort((a, b) => rank(a) - rank(b) || b.version - a.version).slice(0, Math.max(rule.limit, needed)),
  );
  const marked = all.map((one): ModelVersion => {
    const status = rule.deployed && one.version === served.version ? "serving" : "kept";
    return { ...one, status };
  });
  return {
    versions: marked.filter((_, index) => stay.has(all[index]!)),
    dropped: marked.filter((_, index) => !stay.has(all[index]!)),
    served: marked.find(({ version }) => version === served.version)!,
    wasThere: register.some(({ version }) => version === served.version),
    before,
  };
}

/** At preview the id of a job that is only updated is unknown, and so is the model that is chosen anew: then an equal key tells that it is the same job. */
function isSame(version: ModelVersion, newest: TrainedVersion): boolean {
  if (!isUnknown(newest.jobId)) return version.jobId === newest.jobId;
  if (!isUnknown(newest.fineTunedModel)) return version.fineTunedModel === newest.fineTunedModel;
  return !isUnknown(newest.trainingKey) && version.trainingKey === newest.trainingKey;
}

/** What it was trained from stays as it was entered; another checkpoint of it may be chosen. */
function foundAgain(version: ModelVersion, { fineTunedModel, checkpoint }: TrainedVersion): ModelVersion {
  return { ...version, fineTunedModel, checkpoint };
}

/** The number after the highest that is kept: with a limit of 1, going back can lead to a number that was given before. */
function nextNumber(register: ModelVersion[]): number {
  return Math.max(0, ...register.map(({ version }) => version)) + 1;
}

type Numbered = TrainedVersion & { version: number };

function pinned(all: Numbered[], entered: Numbered, pin: VersionRule["pin"]): Numbered {
  if (pin === undefined) return entered;
  const found =
    pin === "previous"
      ? all.find(({ version }) => version !== entered.version)
      : all.find(({ version, jobId }) => pin === version || pin === jobId);
  if (found) return found;
  throw new Error(
    `\`deploy.version\` is ${JSON.stringify(pin)}, which is not among the versions that the stack keeps: ${all.map(listed).join(", ")}. Set it to one of these numbers, or remove it to serve the newest.`,
  );
}

function listed({ version, jobId }: Numbered): string {
  return isUnknown(jobId) ? `${version} (to be trained)` : `${version} (${jobId})`;
}
