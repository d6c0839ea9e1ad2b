import { tokensName } from "../../catalog";
import { extraBodyChanges, isMembers } from "../../dynamic-providers/fine-tuning-job/extra-body";
import { type Pipeline, trains } from "./pipeline";
import { kinds } from "./kinds";
import { at, isUnknown, type Step } from "./steps";
import { count, hidden, name } from "./values";

/** What determines the trained model, besides the data: changing one of these means another model. */
const deciding = ["model", "method", "trainingType", "seed", "grader", "responseFormat"];

/** Why a new job runs: one sentence per cause. None when no job runs. */
export function reasonsToTrain(pipeline: Pipeline): string[] {
  const { job } = pipeline;
  if (!trains(job)) return [];
  if (job.operation === "create")
    return [job.lost ? "The job no longer exists in the account." : "There is no trained model in this stack yet."];
  const reasons = [
    ...dataReasons(job, pipeline),
    ...settingReasons(job),
    ...fieldReasons(job),
    ...otherReasons(job, pipeline),
  ];
  return reasons.length > 0 ? reasons : ["One of the inputs that determine the trained model changed."];
}

function dataReasons(job: Step, { datasets }: Pipeline): string[] {
  return (["training", "validation"] as const).flatMap((role) => {
    const path = `${role}Sha256`;
    const [before, after] = [at(job.old, path), at(job.new, path)];
    if (before === after) return [];
    const what = role === "training" ? "training data" : "validation data";
    if (before === undefined) return [`Validation data was added.`];
    if (after === undefined) return [`Validation data was removed.`];
    const data = datasets.find((step) => at(step.new, "role") === role);
    return [`The ${what} changed${data ? figures(data) : ""}.`];
  });
}

function figures(data: Step): string {
  const rows = change(data, "examples", "rows");
  const tokens = change(data, "tokens.total.sum", tokensName(String(at(data.new, "model"))));
  const parts = [rows, tokens].filter((part) => part !== undefined);
  return parts.length > 0 ? `: ${parts.join(", ")}` : "";
}

function change(step: Step, path: string, unit: string): string | undefined {
  const [before, after] = [count(at(step.old, path)), count(at(step.new, path))];
  if (before === undefined || after === undefined) return undefined;
  return before === after ? `${after} ${unit}, as many as before` : `${before} -> ${after} ${unit}`;
}

function settingReasons(job: Step): string[] {
  const fields = kinds[job.type]!.fields.filter(
    ({ path }) => deciding.includes(path) || path.startsWith("hyperparameters."),
  );
  return fields.flatMap(({ path, label, form, unset = "the service's choice" }) => {
    const [before, after] = [at(job.old, path), at(job.new, path)];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [`${capital(label)}: ${form(before) ?? unset} -> ${form(after) ?? unset}.`];
  });
}

/** By path, never by value: what the values are, nobody here can judge. */
function fieldReasons(job: Step): string[] {
  const [before, after] = [at(job.old, "extraBody"), at(job.new, "extraBody")].map((one) =>
    isMembers(one) ? one : undefined,
  );
  return extraBodyChanges(before, after).map(
    ({ path, what }) => `The request's field ${name(path) ?? hidden} was ${what}.`,
  );
}

function otherReasons(job: Step, { account }: Pipeline): string[] {
  const reasons: string[] = [];
  if (account?.operation === "replace" || accountMoved(job))
    reasons.push("The account will change, and models can't be moved to another account.");
  if (job.reasons.includes("retry")) reasons.push("The last job did not succeed, and `training.retry` was increased.");
  return reasons;
}

function accountMoved(job: Step): boolean {
  const moved = ["accountId", "location"].filter((path) => job.reasons.includes(path));
  return moved.some((path) => isUnknown(at(job.new, path)) || at(job.old, path) !== at(job.new, path));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
