import { billedInWords } from "../../azure-openai/billed-tokens";
import { tokensName } from "../../catalog";
import { finetuneType, isBaseModelResource, isDeployment } from "../../dynamic-providers/runtime/resource-types";
import type { DatasetState } from "../../dynamic-providers/dataset/schema";
import { trainingOf } from "../../dynamic-providers/promoted-version/describe-promotion";
import type { PromotableVersion } from "../../dynamic-providers/promoted-version/schema";
import { graderUsageInWords } from "../../dynamic-providers/trained-model/grader-usage";
import type { TrainedModelState } from "../../dynamic-providers/trained-model/schema";
import { count } from "../../format/count";
import { stackAccount } from "../../stack/stack-account";
import { stackModels } from "../../stack/stack-models";
import { resourcesOfType, type StackExport, type StackResource } from "../../stack/stack-state";

/** A label, and what is said under it. */
export type Row = [label: string, text: string];

export function accountRows(state: StackExport): Row[] {
  const account = stackAccount(state);
  if (!account) return [];
  const roles = resourcesOfType(state, "azure-native:authorization:RoleAssignment").length;
  const where = [account.resourceGroupName, account.location].filter(Boolean).join(", ");
  const also = account.existing && roles === 0 ? "which existed before" : `${roles} role assignments`;
  return [["account", `${account.name} (${where}), ${also}`]];
}

/** Of a state that has one model. */
export function modelRows(state: StackExport): Row[] {
  return [...deploymentRows(state), ...datasetRows(state), ...trainingRows(state)];
}

function deploymentRows(state: StackExport): Row[] {
  const [deployment, baseModel] = [false, true].map((base) =>
    resourcesOfType(state, isDeployment).find(({ urn }) => isBaseModelResource(urn) === base),
  );
  const rows: Row[] = [];
  if (deployment) rows.push(["deployment", text(deployment, "deploymentName")]);
  if (baseModel) rows.push(["base model", `${text(baseModel, "deploymentName")}, to compare with`]);
  return rows;
}

function datasetRows(state: StackExport): Row[] {
  // In the state they are in the order in which they were checked, which differs from run to run.
  const datasets = resourcesOfType(state, finetuneType("Dataset")).map(
    ({ outputs }) => outputs as unknown as DatasetState,
  );
  return datasets
    .toSorted((a, b) => a.role.localeCompare(b.role))
    .map(({ role, path, model, examples, tokens }) => {
      return [`${role} file`, `${path}: ${examples} examples, ${count(tokens.total.sum)} ${tokensName(model)}`];
    });
}

function trainingRows(state: StackExport): Row[] {
  const { job, model, promoted, earlier } = stackModels(state);
  const rows: Row[] = [];
  if (promoted) rows.push(["promoted", promotedInWords(promoted)], ["model", promoted.fineTunedModel]);
  if (job) rows.push(["job", job.jobId]);
  if (model?.fineTunedModel) rows.push(["model", model.fineTunedModel]);
  if (model?.candidate) rows.push(["refused model", model.candidate]);
  if (model) rows.push(...figureRows(model));
  if (model?.fineTunedModel ?? model?.candidate) rows.push(...billRows(model, job?.adopted));
  if (earlier) {
    rows.push([earlier.deployment ? "serving now" : "earlier model", earlier.name]);
    rows.push(["its job", earlier.jobId ?? "not known"], ["its bill", billedInWords(earlier.model?.billedTokens)]);
  }
  return rows;
}

function billRows(
  { billedTokens, billedHours, graderUsage = [], steps = 0 }: Partial<TrainedModelState>,
  adopted = false,
) {
  const bill: Row = ["bill", billedInWords(billedTokens, adopted, billedHours)];
  return [bill, ...graderUsage.map((usage): Row => ["grader", graderUsageInWords(usage, steps)])];
}

/** `version 2 of dev, trained 2026-11-29 15:05 UTC from ...; nothing was trained here` */
function promotedInWords(promoted: PromotableVersion): string {
  const { stack, version } = promoted.promotedFrom;
  return `version ${version} of ${stack}, ${trainingOf(promoted)}; nothing was trained here`;
}

/** Losses, or the rewards of a reinforcement job. */
function figureRows(model: Partial<TrainedModelState>): Row[] {
  const training = [
    ["training loss", model.trainingLoss],
    ["training reward", model.trainingReward],
  ] as const;
  const validation = [
    ["validation loss", model.validationLoss],
    ["validation reward", model.validationReward],
  ] as const;
  return [
    ...training.flatMap(([label, found]): Row[] =>
      found ? [[label, `${fixed(found.first)} at step 1, ${fixed(found.last)} at step ${model.steps}`]] : [],
    ),
    ...validation.flatMap(([label, found]): Row[] => {
      if (!found) return [];
      const { first, last, best, bestStep } = found;
      return [[label, `${fixed(first)} first, ${fixed(last)} last, best ${fixed(best)} at step ${bestStep}`]];
    }),
  ];
}

function text(resource: StackResource | undefined, property: string): string {
  const value = resource?.inputs?.[property];
  return typeof value === "string" ? value : "";
}

function fixed(value: number): string {
  return value.toFixed(3);
}
