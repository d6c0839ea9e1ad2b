import { findModel, retirementWarnings } from "../../catalog";
import { accountWarnings } from "./account-warnings";
import { gateWarning } from "./gate-warning";
import { usd } from "./money";
import { estimateIn, type Pipeline, trains } from "./pipeline";
import { lostModel } from "./lost-model";
import { servingWarnings } from "./serving-warnings";
import { quoted } from "../../format/quoted";
import { at, type Step } from "./steps";
import { rejected } from "./versions";

/** Warnings listed per dataset, besides secrets; the rest is counted. */
const LISTED = 10;
/** Share of a ceiling above which the budget is mentioned. */
const NEARLY = 0.8;

/** What a reviewer should know before approving: one sentence each. */
export function warningsOf(pipeline: Pipeline, today: Date): string[] {
  return [...accountWarnings(pipeline), ...modelWarnings(pipeline, today)];
}

/** Those about the model, its data and its deployment. */
export function modelWarnings(pipeline: Pipeline, today: Date): string[] {
  return [
    ...servingWarnings(pipeline),
    ...leftToDelete(pipeline),
    ...gateWarning(pipeline),
    ...lostModel(pipeline),
    ...hostingWarnings(pipeline),
    ...trainingWarnings(pipeline),
    ...budgetWarnings(pipeline),
    ...retirement(pipeline, today),
    ...pipeline.datasets.flatMap(datasetWarnings),
  ];
}

/** Pulumi lists what a run that ended with an error has replaced in every preview, as if it were deleted. */
function leftToDelete(pipeline: Pipeline): string[] {
  if (rejected(pipeline) === undefined) return [];
  const left = [pipeline.job, pipeline.model, ...pipeline.files].filter(
    (step) => step?.operation === "same" && step.replaced.length > 0,
  );
  if (left.length === 0) return [];
  const names = left.map((step) => step!.name).join(", ");
  return [
    `Pulumi lists ${names} as \`delete original\`: the training of the rejected model replaced them. They stay in its state until an \`up\` succeeds, and the jobs and models are kept as versions.`,
  ];
}

function hostingWarnings({ deployment, cost }: Pipeline): string[] {
  if (!deployment || deployment.operation === "delete") return [];
  const warnings: string[] = [];
  if (/^developertier$/i.test(String(at(deployment.new, "sku.name"))) && deployment.operation !== "same")
    warnings.push("Azure deletes a DeveloperTier deployment after 24 hours, whether or not it is in use.");
  if (deployment.lost) {
    warnings.push(
      "Azure deletes a deployment after 15 days without requests; if that was not the reason, it was deleted outside this stack.",
    );
  }
  const hosting = cost && estimateIn(cost.new)?.hostingUsdPerMonth;
  if (deployment.operation === "create" && hosting) {
    warnings.push(
      `Hosting is billed from the moment of deployment, whether or not the model is used: ${usd({ low: hosting, high: hosting })} a month.`,
    );
  }
  return warnings;
}

function trainingWarnings({ job }: Pipeline): string[] {
  if (job?.operation !== "update") return [];
  const late = ["metadata", "integrations", "suffixBase"].filter(
    (path) => JSON.stringify(at(job.old, path)) !== JSON.stringify(at(job.new, path)),
  );
  return late.length > 0
    ? [`${late.join(", ")}: a change applies only when a job is submitted; the existing job keeps its current values.`]
    : [];
}

/** Near a ceiling on what this change costs; one that this change cannot reach is mentioned only once it is exceeded. */
function budgetWarnings({ cost, job }: Pipeline): string[] {
  if (!cost || cost.operation === "delete") return [];
  const estimate = estimateIn(cost.new);
  const ceilings: [string, number | undefined, unknown, boolean][] = [
    ["training", estimate?.trainingUsd?.high, at(cost.new, "budget.maxTrainingUsd"), trains(job)],
    ["monthly hosting", estimate?.hostingUsdPerMonth, at(cost.new, "budget.maxHostingUsdPerMonth"), true],
  ];
  return ceilings.flatMap(([what, sum, ceiling, counts]) => {
    if (!counts || sum === undefined || typeof ceiling !== "number" || sum < ceiling * NEARLY) return [];
    const [spent, allowed] = [sum, ceiling].map((amount) => usd({ low: amount, high: amount }));
    if (sum > ceiling) {
      return [
        `Budget: ${what} costs ${spent}, which exceeds the ${allowed} allowed. This change does not increase the hosting cost, so it is not refused; a change that increases it or trains a model would be refused.`,
      ];
    }
    return [`Budget: ${what} costs ${spent} of the ${allowed} allowed (${Math.round((100 * sum) / ceiling)}%).`];
  });
}

function retirement({ job }: Pipeline, today: Date): string[] {
  if (!job || job.operation === "delete") return [];
  const name = at(job.new, "model");
  const model = typeof name === "string" ? findModel(name) : undefined;
  return model ? retirementWarnings(model, today) : [];
}

/** The dataset engine's own sentences: they name codes and lines, and never hold a row's text. */
function datasetWarnings(data: Step): string[] {
  const found = at(data.new, "warnings");
  if (!Array.isArray(found) || found.length === 0) return [];
  const role = at(data.new, "role") === "validation" ? "Validation data" : "Training data";
  const warnings = found.filter((entry): entry is string => typeof entry === "string");
  // Sorted here too: a state of an earlier version has them in the order of the lines.
  const secrets = warnings.filter(isSecretWarning);
  const sorted = [...secrets, ...warnings.filter((warning) => !isSecretWarning(warning))];
  const listed = sorted.slice(0, Math.max(LISTED, secrets.length)).map((warning) => `${role}: ${warning}`);
  const rest = sorted.length - listed.length;
  if (rest === 0) return listed;
  const path = at(data.new, "path");
  const file = typeof path === "string" ? quoted(path) : "<file>";
  const option = role === "Validation data" ? " --role validation" : "";
  return [...listed, `${role}: ... and ${rest} more warnings: \`npm run -s validate -- ${file}${option}\` lists them.`];
}

/** A warning about credentials in a dataset, which no list leaves out. */
export function isSecretWarning(warning: string): boolean {
  return warning.endsWith("(secret)");
}
