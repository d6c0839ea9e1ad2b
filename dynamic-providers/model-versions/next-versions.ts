import { isUnknown } from "../runtime/unknown";
import type { Judgement, ModelVersion, TrainedVersion } from "./schema";
import { faults, isOtherCheckpoint, type Numbered, whichServes } from "./which-serves";

/** How the register goes on. */
export interface VersionRule {
  /** How many versions are kept, the serving one included; at least 1. */
  limit: number;
  /** Whether the stack has a deployment. */
  deployed: boolean;
  /** As the setting `deploy.version` has it; absent: the candidate serves. */
  pin?: number | string;
  /** Whether evaluations count. Default false. */
  judged?: boolean;
}

export interface NextVersions {
  /** Newest first. */
  versions: ModelVersion[];
  /** What data and settings come to. Where it is another checkpoint of what serves, and did not pass, the register has that one in its line. */
  candidate: ModelVersion;
  /** The version that the deployment is to have; undefined where none may serve. */
  served?: ModelVersion;
  /** Whether it was in the register before this run: then nothing is trained for it. */
  wasThere: boolean;
  /** Which one had it before this run. */
  before?: ModelVersion;
  /** Versions beyond the limit, newest first. */
  dropped: ModelVersion[];
}

/**
 * The register after a run: the candidate is entered, or found again if it was there before; what is beyond the limit is dropped. What serves,
 * the candidate and what served before are dropped last, and what did not pass first. A candidate that did not pass is not counted.
 *
 * @param register - as it was
 * @param candidate - what data and settings come to, and what was judged of it; what is not trained yet is unknown
 * @throws Error when the pinned version is not in the register, or did not pass
 */
export function nextVersions(
  register: ModelVersion[],
  candidate: TrainedVersion & Judgement,
  { limit, deployed, pin, judged = false }: VersionRule,
): NextVersions {
  const known = register.find((version) => isSame(version, candidate));
  const entered = known ? foundAgain(known, candidate) : { ...candidate, version: nextNumber(register) };
  const before = register.find(({ status }) => status === "serving");
  const stays = goesOn(before, entered, { pin, judged });
  const others = register.filter((version) => version !== known);
  const all = [stays ?? entered, ...others].sort((a, b) => b.version - a.version);
  const served = whichServes(all, { candidate: entered, before, pin, judged });
  const stay = keptOf(all, [served, entered, before], limit, judged);
  const marked = all.map((one): ModelVersion => {
    const serves = deployed && one.version === served?.version;
    return { ...one, status: serves ? "serving" : faults(one, judged).length > 0 ? "rejected" : "kept" };
  });
  return {
    versions: marked.filter((_, index) => stay.has(all[index]!)),
    dropped: marked.filter((_, index) => !stay.has(all[index]!)),
    candidate: stays ? { ...entered, status: "rejected" } : marked.find(({ version }) => version === entered.version)!,
    served: marked.find(({ version }) => version === served?.version),
    wasThere: register.some(({ version }) => version === served?.version),
    before,
  };
}

/**
 * What serves, where the candidate is another checkpoint of it that did not pass: a job has one line in the register, which is then that of the
 * checkpoint that goes on serving.
 */
function goesOn(
  before: ModelVersion | undefined,
  candidate: Numbered,
  { pin, judged }: { pin: VersionRule["pin"]; judged: boolean },
): ModelVersion | undefined {
  if (pin !== undefined || !isOtherCheckpoint(candidate, before)) return undefined;
  return faults(candidate, judged).length > 0 ? before : undefined;
}

/** @param needed - what is dropped last, the first of it never, nor the candidate behind it */
function keptOf(all: Numbered[], needed: (Numbered | undefined)[], limit: number, judged: boolean): Set<Numbered> {
  const last = [...new Set(needed.map((one) => one?.version).filter((version) => version !== undefined))];
  const rank = (one: Numbered) => {
    const at = last.indexOf(one.version);
    return at >= 0 ? at : last.length + (faults(one, judged).length > 0 ? 1 : 0);
  };
  const atLeast = needed[0] === undefined || needed[0].version === needed[1]!.version ? 1 : 2;
  const sorted = [...all].sort((a, b) => rank(a) - rank(b) || b.version - a.version);
  // A candidate that did not pass comes on top: it must not push out one that may serve.
  const candidate = needed[1]!;
  const room = atLeast === 2 && faults(candidate, judged).length > 0 ? limit + 1 : limit;
  return new Set(sorted.slice(0, Math.max(room, atLeast)));
}

/** At preview the id of a job that is only updated is unknown, and so is the model that is chosen anew: then an equal key tells that it is the same job. */
function isSame(version: ModelVersion, candidate: TrainedVersion): boolean {
  if (!isUnknown(candidate.jobId)) return version.jobId === candidate.jobId;
  if (!isUnknown(candidate.fineTunedModel)) return version.fineTunedModel === candidate.fineTunedModel;
  return !isUnknown(candidate.trainingKey) && version.trainingKey === candidate.trainingKey;
}

/**
 * What it was trained from stays as it was entered; another checkpoint of it may be chosen, and it may be judged anew. A verdict is one checkpoint's:
 * another one that was not judged has none.
 */
function foundAgain(version: ModelVersion, candidate: TrainedVersion & Judgement): Numbered {
  const { fineTunedModel, checkpoint, refused } = candidate;
  const { status: _, refused: _before, evaluation: judgedBefore, ...entered } = version;
  const isOther = !isUnknown(fineTunedModel) && fineTunedModel !== version.fineTunedModel;
  const evaluation = candidate.evaluation ?? (isOther ? undefined : judgedBefore);
  return {
    ...entered,
    fineTunedModel,
    checkpoint,
    ...(evaluation && { evaluation }),
    ...(refused !== undefined && { refused }),
  };
}

/** The number after the highest that is kept: with a limit of 1, going back can lead to a number that was given before. */
function nextNumber(register: ModelVersion[]): number {
  return Math.max(0, ...register.map(({ version }) => version)) + 1;
}
