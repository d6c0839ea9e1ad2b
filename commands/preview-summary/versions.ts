import { withoutCheckpoint } from "../../azure-openai/model-names";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import type { Pipeline } from "./pipeline";
import { at, type Properties, type Step } from "./steps";

export const VERSIONS_TYPE = finetuneType("ModelVersions");

/** The register in properties of a step; empty where there is none. What is not known yet is left out. */
export function versionsIn(properties: Properties | undefined): ModelVersion[] {
  const versions = at(properties ?? {}, "versions");
  return Array.isArray(versions) ? (versions as ModelVersion[]) : [];
}

/** The register after the step; none where it is deleted. */
export function versionsAfter(step: Step | undefined): ModelVersion[] {
  return step === undefined || step.operation === "delete" ? [] : versionsIn(step.new);
}

/** Whether a model, or a checkpoint of it, is a version of the stack after the `up`. */
export function isVersion({ versions }: Pipeline, model: string): boolean {
  return versionsAfter(versions).some(({ fineTunedModel }) => trainingName(fineTunedModel) === trainingName(model));
}

/** Those that an `up` deletes: no longer in the register, which itself stays. */
export function droppedVersions({ versions }: Pipeline): ModelVersion[] {
  if (versions?.operation !== "update") return [];
  const stay = versionsAfter(versions).map(({ version }) => version);
  return versionsIn(versions.old).filter(({ version }) => !stay.includes(version));
}

/** The version that is served again, where an earlier one is. */
export function returnsTo({ versions }: Pipeline): ModelVersion | undefined {
  if (versions?.operation !== "update") return undefined;
  const serving = (all: ModelVersion[]) => all.find(({ status }) => status === "serving");
  const [before, after] = [serving(versionsIn(versions.old)), serving(versionsAfter(versions))];
  return before && after && after.version < before.version ? after : undefined;
}

/** A checkpoint goes with its model. */
export function trainingName(model: unknown): unknown {
  return typeof model === "string" ? withoutCheckpoint(model) : undefined;
}
