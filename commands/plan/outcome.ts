import { count } from "../../format/count";
import pc from "picocolors";
import { billedInWords } from "../../azure-openai/billed-tokens";
import { printableValues } from "../../azure-openai/printable-text";
import {
  ACCOUNT_TYPE,
  DEPLOYMENT_TYPE,
  finetuneType,
  isBaseModelResource,
} from "../../dynamic-providers/runtime/resource-types";
import type { TrainedModelState } from "../../dynamic-providers/trained-model/schema";
import type { DatasetState } from "../../dynamic-providers/dataset/schema";
import { stackModels } from "../../stack/stack-models";
import { hanging, wrap } from "../../stack/terminal/wrap";
import { resourcesOfType, type StackExport, type StackResource } from "../../stack/stack-state";

/** What `npm start` prints at its end: what exists now, what training did, and the answer. @param columns - width of the terminal, if it is one */
export function summary(exported: StackExport, changes: Record<string, number>, columns?: number): string {
  const state = printableValues(exported);
  return [
    pc.bold(wrap(headline(changes), columns)),
    "",
    ...table(columns, [...cloudRows(state), ...datasetRows(state), ...trainingRows(state)]),
    "",
    ...conversation(state, columns),
  ].join("\n");
}

/** What to try after `npm start`; commands are not broken. */
export function nextLines(): string {
  return [
    pc.bold("Next"),
    ...table(undefined, [
      ["change a row of data/training_set.jsonl, then", pc.cyan("npm run local -- preview --diff")],
      ["ask the model something else", pc.cyan('npm run chat -- "What is a neural network?"')],
      ["delete everything but the resource group", pc.cyan("npm run local -- destroy --yes")],
    ]),
  ].join("\n");
}

function headline({ same = 0, ...others }: Record<string, number>): string {
  const done = Object.entries(others).filter(([, count]) => count > 0);
  if (done.length === 0) return `Nothing changed: all ${same} resources are as the program wants them.`;
  const words: Record<string, string> = {
    create: "created",
    update: "updated",
    delete: "deleted",
    replace: "replaced",
  };
  return `Done: ${done.map(([what, count]) => `${count} ${words[what] ?? what}`).join(", ")}, ${same} unchanged.`;
}

type Row = [label: string, text: string];

function cloudRows(state: StackExport): Row[] {
  const account = resourcesOfType(state, ACCOUNT_TYPE)[0];
  const [deployment, baseModel] = [false, true].map((base) =>
    resourcesOfType(state, DEPLOYMENT_TYPE).find(({ urn }) => isBaseModelResource(urn) === base),
  );
  const roles = resourcesOfType(state, "azure-native:authorization:RoleAssignment").length;
  const where = [text(account, "resourceGroupName"), text(account, "location")].filter(Boolean).join(", ");
  const rows: Row[] = [];
  if (account) rows.push(["account", `${text(account, "accountName")} (${where}), ${roles} role assignments`]);
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
    .map(({ role, path, examples, tokens }) => {
      return [`${role} file`, `${path}: ${examples} examples, ${count(tokens.total.sum)} tokens`];
    });
}

function trainingRows(state: StackExport): Row[] {
  const { job, model, earlier } = stackModels(state);
  const rows: Row[] = [];
  if (job) rows.push(["job", job.jobId]);
  if (model?.fineTunedModel) rows.push(["model", model.fineTunedModel]);
  if (model?.candidate) rows.push(["refused model", model.candidate]);
  if (model?.trainingLoss) rows.push(...lossRows(model));
  if (model?.fineTunedModel ?? model?.candidate) rows.push(["bill", billedInWords(model?.billedTokens, job?.adopted)]);
  if (earlier) {
    rows.push([earlier.deployment ? "serving now" : "earlier model", earlier.name]);
    rows.push(["its job", earlier.jobId ?? "not known"], ["its bill", billedInWords(earlier.model?.billedTokens)]);
  }
  return rows;
}

function lossRows(model: Partial<TrainedModelState>): Row[] {
  const rows: Row[] = [];
  if (model.trainingLoss) {
    const { first, last } = model.trainingLoss;
    rows.push(["training loss", `${loss(first)} at step 1, ${loss(last)} at step ${model.steps}`]);
  }
  if (model.validationLoss) {
    const { first, last, best, bestStep } = model.validationLoss;
    rows.push(["validation loss", `${loss(first)} first, ${loss(last)} last, best ${loss(best)} at step ${bestStep}`]);
  }
  return rows;
}

function conversation(state: StackExport, columns?: number): string[] {
  const { probe: own, earlier } = stackModels(state);
  const probe = own ?? earlier?.probe;
  if (!probe)
    return [earlier ? "The model has not been asked yet." : "No model is deployed (deploy.enabled is false)."];
  return [
    ...(own ? [] : [`${earlier!.name} answered:`]),
    hanging(`${pc.bold("Q")}  `, probe.question, columns),
    ...probe.answer
      .split("\n")
      .map((line, index) => hanging(index === 0 ? `${pc.bold("A")}  ` : "   ", pc.green(line), columns)),
  ];
}

function text(resource: StackResource | undefined, property: string): string {
  const value = resource?.inputs?.[property];
  return typeof value === "string" ? value : "";
}

function table(columns: number | undefined, rows: Row[]): string[] {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => hanging(`  ${pc.dim(label.padEnd(width))}  `, value, columns));
}

function loss(value: number): string {
  return value.toFixed(3);
}
