import { anotherVersion } from "../dynamic-providers/model-versions/another-version";
import type { ModelVersion, ModelVersionsState } from "../dynamic-providers/model-versions/schema";
import { finetuneType } from "../dynamic-providers/runtime/resource-types";
import { stackModels } from "./stack-models";
import { resourcesOfType, type StackExport } from "./stack-state";
import { type NamedTarget, upCommand } from "./target";

/**
 * Why a stack has no deployed model, and what to do about it: sentences without the last full stop.
 *
 * @param state - of one model
 * @param or - what else can be done, e.g. `, or name one with --deployment`. Default nothing.
 */
export function whyNoneServes(state: StackExport, target: NamedTarget, or = ""): string {
  const up = upCommand(target);
  const versions = resourcesOfType(state, finetuneType("ModelVersions")).flatMap(
    ({ outputs }) => (outputs as Partial<ModelVersionsState> | undefined)?.versions ?? [],
  );
  const [newest, ...others] = versions;
  if (newest && versions.every(({ status }) => status === "rejected"))
    return `stack ${target.stack} has no deployed model: ${rejected(newest, others.length)}. ${whatToChange(newest)}, then run: ${up}${or}`;
  const { model } = stackModels(state);
  if (model?.candidate && !model.fineTunedModel)
    return `stack ${target.stack} has no deployed model: \`deploy.gate\` or \`deploy.checkpoint\` refuses ${model.candidate}. A preview shows the metrics. Change these settings or the data, then run: ${up}${or}`;
  return `stack ${target.stack} has no deployed model. Deploy one first: ${up}${or}`;
}

function rejected({ version, ...newest }: ModelVersion, others: number): string {
  const why = whyRejected(newest);
  const all = others === 0 ? "" : ", as were all its other versions";
  return `version ${version} was rejected${all}${why === "" ? "" : ` (${why})`}`;
}

/** In phrases; empty where it is not known. */
function whyRejected({ refused, evaluation }: Omit<ModelVersion, "version">): string {
  return refused ? refused.replace(/\.$/, "") : (evaluation?.reasons ?? []).join("; ");
}

function whatToChange(version: ModelVersion): string {
  const { refused } = version;
  const setting = refused ? "`deploy.gate`" : "a threshold in `evaluation`";
  return `Change ${setting} (no charge), or ${anotherVersion(version)}`;
}
