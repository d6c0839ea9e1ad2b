import { isTerminal } from "../../azure-openai/remote-jobs";
import type { JobPlan, RunPlan } from "../runtime/run-plan";
import { isUnknown } from "../runtime/unknown";
import { sameJson } from "./canonical-json";
import { extraBodyChanges } from "./extra-body";
import type { FineTuningJobInputs, FineTuningJobState } from "./schema";

/** What decides the trained model beside data and hyperparameters. */
const DECIDING = ["model", "method", "trainingType", "seed", "grader", "responseFormat"] as const;

/**
 * What a job that is in the state comes to, by its diff.
 *
 * @param replaces - inputs that make it another job
 * @param status - of the job now; absent where it could not be read
 */
export function planForJob(
  olds: FineTuningJobState,
  news: FineTuningJobInputs,
  replaces: string[],
  plan: RunPlan,
  status?: string,
): JobPlan {
  if (replaces.length === 0) return { does: olds.record === "lost" ? "miss" : "keep", jobId: olds.jobId };
  if (news.existingJobId !== undefined) return { does: "take over", jobId: news.existingJobId };
  return {
    does: "train again",
    because: causes(olds, news, replaces, plan),
    oldModel: fateOfModel(olds, news, status),
  };
}

/** One phrase per cause, the data first. */
function causes(olds: FineTuningJobState, news: FineTuningJobInputs, replaces: string[], plan: RunPlan): string[] {
  const found: string[] = [];
  if (differs(olds.trainingSha256, news.trainingSha256)) found.push(plan.dataChange(news.trainingSha256, "training"));
  if (differs(olds.validationSha256, news.validationSha256)) {
    if (olds.validationSha256 === undefined) found.push("validation data was added");
    else if (news.validationSha256 === undefined) found.push("validation data was removed");
    else found.push(plan.dataChange(news.validationSha256, "validation"));
  }
  for (const name of DECIDING) if (differs(olds[name], news[name])) found.push(change(name, olds[name], news[name]));
  const names = new Set([...Object.keys(olds.hyperparameters ?? {}), ...Object.keys(news.hyperparameters ?? {})]);
  for (const name of names as Set<keyof NonNullable<FineTuningJobInputs["hyperparameters"]>>) {
    const [before = "auto", after = "auto"] = [olds.hyperparameters?.[name], news.hyperparameters?.[name]];
    if (before !== after) found.push(change(name, before, after));
  }
  // By path alone: what the values are, this program can't judge.
  found.push(
    ...extraBodyChanges(olds.extraBody, news.extraBody).map(({ path, what }) => `job.extraBody.${path} was ${what}`),
  );
  if (replaces.includes("retry")) found.push("the last job did not succeed, and training.retry was increased");
  return found.length > 0 ? found : ["an input that determines the trained model changed"];
}

function change(name: string, before: unknown, after: unknown): string {
  const [from, to] = [plainText(before), plainText(after)];
  return from === undefined || to === undefined ? `${name} changed` : `${name} ${from} -> ${to}`;
}

/** A value that fits into a phrase; `undefined` for an object (grader, response format). */
function plainText(value: unknown): string | undefined {
  if (value === undefined) return "unset";
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function differs(before: unknown, after: unknown): boolean {
  return !isUnknown(after) && !sameJson(before, after);
}

/** `undefined` where the register says it: it alone knows whether the model has served. */
function fateOfModel(
  { jobId, adopted, retain, record }: FineTuningJobState,
  { register }: FineTuningJobInputs,
  status = "succeeded",
): string | undefined {
  if (record === "lost") return `the model of ${jobId} was already deleted`;
  const without = isTerminal(status) ? "which produced no model" : `which is not finished (${status})`;
  const what = status === "succeeded" ? `the model of ${jobId}` : `${jobId}, ${without},`;
  if (adopted && retain?.adopted !== false) return `${what} is kept (retain.adopted)`;
  if (retain?.model) return `${what} is kept (retain.model)`;
  if (register && status === "succeeded") return undefined;
  return `${what} will be ${isTerminal(status) ? "" : "cancelled and "}deleted`;
}
