import { withoutCheckpoint } from "../../azure-openai/model-names";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import type { PromotableVersion } from "../../dynamic-providers/promoted-version/schema";
import type { Pipeline } from "./pipeline";
import { at, isUnknown, type Properties, type Step } from "./steps";

export const VERSIONS_TYPE = finetuneType("ModelVersions");
export const GATE_TYPE = finetuneType("ReleaseGate");

/** The register in properties of a step; empty where there is none. */
export function versionsIn(properties: Properties | undefined): ModelVersion[] {
  const versions = at(properties ?? {}, "versions");
  return Array.isArray(versions) ? (versions as ModelVersion[]) : [];
}

/** The register after the step; none where it is deleted. One that depends on a verdict that is not there yet keeps what it has. */
export function versionsAfter(step: Step | undefined): ModelVersion[] {
  if (step === undefined || step.operation === "delete") return [];
  return versionsIn(isUnknown(step.new.versions) ? step.old : step.new);
}

/** Whether a model, or a checkpoint of it, is a version of the stack after the `up`. */
export function isVersion({ versions }: Pipeline, model: string): boolean {
  return versionsAfter(versions).some(({ fineTunedModel }) => trainingName(fineTunedModel) === trainingName(model));
}

/** Those that an `up` deletes: no longer in the register, which itself stays. */
export function droppedVersions({ versions }: Pipeline): ModelVersion[] {
  if (versions?.operation !== "update") return [];
  const stay = versionsAfter(versions).map(({ version }) => version);
  return versionsIn(versions.old).filter(({ version, promotedFrom }) => !promotedFrom && !stay.includes(version));
}

/** The version that is served again, where an earlier one is. */
export function returnsTo({ versions }: Pipeline): ModelVersion | undefined {
  if (versions?.operation !== "update") return undefined;
  const serving = (all: ModelVersion[]) => all.find(({ status }) => status === "serving");
  const [before, after] = [serving(versionsIn(versions.old)), serving(versionsAfter(versions))];
  return before && after && after.version < before.version ? after : undefined;
}

/** The earlier version that data and settings come to again, and that has gone on serving while a newer one did not pass. */
export function restores({ versions }: Pipeline): ModelVersion | undefined {
  if (versions?.operation !== "update") return undefined;
  const before = versionsIn(versions.old);
  const [was, is] = [versions.old, versions.new].map(({ jobId }) => before.find((one) => one.jobId === jobId));
  return was && is && is.version < was.version && is.status === "serving" ? is : undefined;
}

/** The version of another stack that comes into service, if it passes where it is yet to be judged; undefined where another one does, or none. */
export function promotes(pipeline: Pipeline): PromotableVersion | undefined {
  const { promoted, versions } = pipeline;
  if (promoted === undefined || promoted.operation === "delete") return undefined;
  const version = at(promoted.new, "version") as PromotableVersion | undefined;
  if (evaluates(pipeline)) return version;
  const serving = versionsAfter(versions).find(({ status }) => status === "serving");
  return version !== undefined && serving?.jobId === version.jobId ? version : undefined;
}

/** Whether `up` evaluates a model before it is decided which one serves. */
export function evaluates({ versions }: Pipeline): boolean {
  return versions !== undefined && versions.operation !== "delete" && isUnknown(versions.new.rejected);
}

/** Why `up` ends with an error once everything else is in place, in sentences; undefined where it does not, as far as is known. */
export function rejected({ gate, versions }: Pipeline): string | undefined {
  if (gate === undefined || gate.operation === "delete") return undefined;
  const { rejected: why } = versions?.new ?? {};
  return typeof why === "string" && why !== "" && !isUnknown(why) ? why : undefined;
}

/**
 * Figures of the evaluation that a model passed; undefined where none was made, or is known.
 *
 * @param which - the model of the current data and settings, or the one that serves, which `deploy.version` may name
 */
export function passedWith({ gate, versions }: Pipeline, which: "candidate" | "serving"): string | undefined {
  if (!gate || !versions || versions.new.rejected !== "") return undefined;
  const isMeant = ({ jobId, status }: ModelVersion) =>
    which === "serving" ? status === "serving" : jobId === versions.new.jobId;
  const { passed, summary } = versionsAfter(versions).find(isMeant)?.evaluation ?? {};
  return passed === true ? summary : undefined;
}

/** A checkpoint goes with its model. */
export function trainingName(model: unknown): unknown {
  return typeof model === "string" ? withoutCheckpoint(model) : undefined;
}
