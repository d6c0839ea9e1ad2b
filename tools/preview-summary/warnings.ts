import { findModel, retirementWarnings } from "../../catalog";
import { usd } from "./money";
import { estimateIn, type Pipeline } from "./pipeline";
import { at, type Step } from "./steps";

/** Warnings of one dataset that are listed, beside secrets; the rest is a number. */
const LISTED = 10;
/** Share of a ceiling from which the budget is mentioned. */
const NEARLY = 0.8;

/** What a reviewer should know before approving: one sentence each. */
export function warningsOf(pipeline: Pipeline, today: Date): string[] {
  return [
    ...accountWarnings(pipeline),
    ...servingWarnings(pipeline),
    ...trainingWarnings(pipeline),
    ...budgetWarnings(pipeline),
    ...retirement(pipeline, today),
    ...pipeline.datasets.flatMap(datasetWarnings),
  ];
}

function accountWarnings({ account }: Pipeline): string[] {
  if (!account || account.operation === "same") return [];
  const warnings: string[] = [];
  if (account.operation === "replace") {
    warnings.push("The account is replaced: its endpoint and keys change, and every file, job and model in it goes.");
  }
  if (account.operation === "delete") return ["The account goes, and every file, job and model in it."];
  if (became(account, "properties.disableLocalAuth", false)) {
    warnings.push("The account accepts keys. Without them (`localAuth: false`) only Microsoft Entra ID signs in.");
  }
  if (
    became(account, "properties.publicNetworkAccess", "Enabled") &&
    at(account.new, "properties.networkAcls.defaultAction") !== "Deny"
  ) {
    warnings.push("The account can be reached from every network.");
  }
  return warnings;
}

/** Whether a property has this value now and had another one before. */
function became(step: Step, path: string, value: unknown): boolean {
  return at(step.new, path) === value && (step.operation !== "update" || at(step.old, path) !== value);
}

function servingWarnings(pipeline: Pipeline): string[] {
  const { deployment, cost } = pipeline;
  if (!deployment) return [];
  if (deployment.operation === "delete") return ["The deployment goes: nothing answers under its name any more."];
  const warnings: string[] = [];
  if (deployment.operation === "replace") {
    const renamed = at(deployment.old, "deploymentName") !== at(deployment.new, "deploymentName");
    warnings.push(replacementWarning(renamed, at(pipeline.probe?.new ?? {}, "switch") === "recreate"));
  }
  if (/^developertier$/i.test(String(at(deployment.new, "sku.name"))) && deployment.operation !== "same") {
    warnings.push("A DeveloperTier deployment is deleted by Azure after 24 hours, in use or not.");
  }
  if (deployment.lost) {
    warnings.push(
      "A deployment that nobody asks for 15 days is deleted by Azure. If it was not that, somebody deleted it.",
    );
  }
  const hosting = cost && estimateIn(cost.new)?.hostingUsdPerMonth;
  if (deployment.operation === "create" && hosting) {
    warnings.push(
      `Hosting is paid from the day of the deployment, used or not: ${usd({ low: hosting, high: hosting })} a month.`,
    );
  }
  return warnings;
}

function replacementWarning(renamed: boolean, recreate: boolean): string {
  if (!renamed)
    return "The deployment is deleted and made again under the same name: it does not answer in between, for minutes to an hour.";
  const moves = "The deployment gets a new name: clients must move to it.";
  return recreate
    ? `${moves} The old one is deleted first: nothing answers in between, for minutes to an hour.`
    : `${moves} Old and new answer side by side until the new one is proved, and both are paid meanwhile.`;
}

function trainingWarnings({ job }: Pipeline): string[] {
  if (job?.operation !== "update") return [];
  const late = ["metadata", "integrations", "suffixBase"].filter(
    (path) => JSON.stringify(at(job.old, path)) !== JSON.stringify(at(job.new, path)),
  );
  return late.length > 0
    ? [`${late.join(", ")}: sent when a job is submitted; the job that exists keeps what it has.`]
    : [];
}

function budgetWarnings({ cost }: Pipeline): string[] {
  if (!cost || cost.operation === "delete") return [];
  const estimate = estimateIn(cost.new);
  const ceilings: [string, number | undefined, unknown][] = [
    ["training", estimate?.trainingUsd?.high, at(cost.new, "budget.maxTrainingUsd")],
    ["hosting per month", estimate?.hostingUsdPerMonth, at(cost.new, "budget.maxHostingUsdPerMonth")],
  ];
  return ceilings.flatMap(([what, sum, ceiling]) => {
    if (sum === undefined || typeof ceiling !== "number" || sum < ceiling * NEARLY) return [];
    const [spent, allowed] = [sum, ceiling].map((amount) => usd({ low: amount, high: amount }));
    return [`Budget: ${what} takes ${spent} of the ${allowed} allowed (${Math.round((100 * sum) / ceiling)} %).`];
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
  const isSecret = (warning: string) => warning.endsWith("(secret)");
  const secrets = warnings.filter(isSecret);
  const sorted = [...secrets, ...warnings.filter((warning) => !isSecret(warning))];
  const listed = sorted.slice(0, Math.max(LISTED, secrets.length)).map((warning) => `${role}: ${warning}`);
  const rest = sorted.length - listed.length;
  return rest > 0 ? [...listed, `${role}: ... and ${rest} more warnings.`] : listed;
}
