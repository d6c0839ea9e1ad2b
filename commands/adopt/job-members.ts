import type OpenAI from "openai";
import { SUFFIX_BASE } from "../../dynamic-providers/fine-tuning-job/job-limits";
import { takeMethod } from "./method";
import { tunedName } from "./model";
import { isMembers, type Members } from "../../dynamic-providers/fine-tuning-job/extra-body";
import { type Taken, together } from "./taken";

/** Members that answers have (recorded 2025-08), and the published job object doesn't. */
type Unpublished = "user_provided_suffix" | "usage_metrics" | "shared_with_openai" | "eval_id";

type Rule = (value: unknown, job: Members) => Partial<Taken>;

const says = (...differences: string[]): Partial<Taken> => ({ differences });
const nothing: Rule = () => ({});

/** Every member of a job of OpenAI's platform: what comes of it where it has a value. The compiler holds the table to the published object. */
const members: Record<keyof OpenAI.FineTuning.FineTuningJob | Unpublished, Rule> = {
  object: nothing,
  created_at: nothing,
  finished_at: nothing,
  // Of these, other files of this folder make settings.
  model: nothing,
  training_file: nothing,
  validation_file: nothing,
  // In `method`, too.
  hyperparameters: nothing,
  id: (id) =>
    says(
      `The job ${String(id)} can't be migrated from OpenAI, so existingJobId can't refer to it. The stack will run a new training job, which is billed.`,
    ),
  organization_id: () =>
    says("organization_id is specific to OpenAI. On Azure, the subscription and the account take its place."),
  fine_tuned_model: (name) =>
    says(
      `The model ${String(name)} and its checkpoints aren't migrated from OpenAI. Azure trains a new model, with its own name and checkpoints (deploy.checkpoint).`,
    ),
  result_files: (files) =>
    Array.isArray(files) && files.length > 0
      ? says(
          `The results (${files.join(", ")}) aren't migrated from OpenAI. Download them if you want to compare; \`npm run report\` shows the new job's results.`,
        )
      : {},
  status: (status) => (status === "succeeded" ? {} : statusOf(String(status))),
  error: (error) =>
    isMembers(error) && typeof error.message === "string"
      ? says(`The job ended with an error, which may recur: ${error.message}`)
      : {},
  estimated_finish: () =>
    says("The job is still running at OpenAI and being billed. Cancel it if the Azure job is meant to replace it."),
  trained_tokens: (tokens) =>
    says(`trained_tokens (${String(tokens)}) is what OpenAI billed. \`npm run preview\` shows the price on Azure.`),
  seed: (seed) => ({
    settings: { seed },
    differences: ["The same seed does not give the same model on another service."],
  }),
  method: nothing,
  metadata: (metadata) => (isMembers(metadata) && Object.keys(metadata).length > 0 ? { settings: { metadata } } : {}),
  integrations: (integrations) => takeIntegrations(integrations),
  user_provided_suffix: (suffix) => takeSuffix(String(suffix)),
  usage_metrics: () => says("usage_metrics are OpenAI's figures for the finished job; no setting corresponds to them."),
  shared_with_openai: (shared) =>
    shared === true
      ? says("The job's data is shared with OpenAI. Azure has no such program, so nothing is shared.")
      : {},
  eval_id: (id) =>
    says(`The evaluation ${String(id)} isn't migrated from OpenAI. Recreate it with the \`evaluation\` settings.`),
};

/** What comes of a job's members but its model and data. */
export function takeMembers(job: Members): Taken {
  const given = Object.entries(job).filter(([, value]) => value !== null && value !== undefined);
  const parts = given.map(([name, value]) => {
    const rule = Object.hasOwn(members, name) ? members[name as keyof typeof members] : undefined;
    return rule?.(value, job) ?? says(`${name} is an unknown field and was left out.`);
  });
  const suffix = tunedName(job.fine_tuned_model)?.suffix;
  const hasSuffix = typeof job.user_provided_suffix === "string";
  // Older answers tell the suffix in the model's name alone.
  return together([takeMethod(job), ...parts, !hasSuffix && suffix !== undefined ? takeSuffix(suffix) : {}]);
}

function statusOf(status: string): Partial<Taken> {
  return status === "failed" || status === "cancelled"
    ? says(`The job's status is ${status}, so there is no OpenAI model to compare the new one with.`)
    : says(
        `The job's status is ${status}, so values chosen by the service may be missing. Save its JSON again when the job has finished.`,
      );
}

/** The stack's suffix has room for less, since a hash that marks the job follows it. */
function takeSuffix(given: string): Partial<Taken> {
  const suffix = given
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .slice(0, 9)
    .replace(/[-_]+$/, "");
  if (suffix === "") return says(`The suffix ${JSON.stringify(given)} was left out; expected ${SUFFIX_BASE.words}.`);
  return {
    settings: { suffix },
    differences:
      suffix === given ? [] : [`The suffix ${JSON.stringify(given)} became ${suffix}; expected ${SUFFIX_BASE.words}.`],
  };
}

function takeIntegrations(integrations: unknown): Partial<Taken> {
  if (!Array.isArray(integrations) || integrations.length === 0) return {};
  const differences: string[] = [];
  const taken = integrations.flatMap((integration) => {
    const { type, wandb } = isMembers(integration) ? integration : {};
    if (type === "wandb" && isMembers(wandb) && typeof wandb.project === "string") {
      const { project, name, entity, tags } = wandb;
      const own = Object.entries({ project, name, entity, tags }).filter(
        ([, value]) => value !== null && value !== undefined,
      );
      return [{ type, ...Object.fromEntries(own) }];
    }
    differences.push(`An integration of type ${JSON.stringify(type)} was left out; only wandb is supported.`);
    return [];
  });
  if (taken.length === 0) return { differences };
  return {
    settings: { integrations: taken },
    differences: [
      ...differences,
      "The Weights & Biases API key isn't migrated from OpenAI. Set one up for the Azure account before the first `up`, or remove `integrations`.",
    ],
  };
}
