import { describe, expect, it } from "@jest/globals";
import type OpenAI from "openai";
import { takeMembers } from "../../../commands/adopt/job-members";
import type { Taken } from "../../../commands/adopt/taken";
import { job, jobWith } from "./jobs";

interface Row {
  value: unknown;
  settings?: Record<string, unknown>;
  /** Of its own sentence; absent: there is none. */
  says?: RegExp;
}

type Member = keyof OpenAI.FineTuning.FineTuningJob;

/** What comes of each member that a job can have, value by value. The compiler asks for a row of each. */
const rows: Record<Member, Row[]> = {
  object: [{ value: "fine_tuning.job" }],
  created_at: [{ value: 1 }],
  finished_at: [{ value: 2 }, { value: null }],
  id: [
    {
      value: "ftjob-1",
      says: /^The job ftjob-1 can't be migrated from OpenAI, so existingJobId can't refer to it\. .* which is billed\.$/,
    },
  ],
  organization_id: [{ value: "org-1", says: /^organization_id is specific to OpenAI/ }],
  fine_tuned_model: [
    {
      value: "ft:gpt-4o:o:tutor:x",
      settings: { suffix: "tutor" },
      says: /^The model ft:gpt-4o:o:tutor:x and its checkpoints aren't migrated/,
    },
    { value: "ft:gpt-4o:o::x", says: /^The model ft:gpt-4o:o::x and its checkpoints aren't migrated/ },
    { value: null },
  ],
  result_files: [
    { value: ["file-1", "file-2"], says: /^The results \(file-1, file-2\) aren't migrated from OpenAI/ },
    { value: [] },
  ],
  status: [
    { value: "succeeded" },
    { value: "failed", says: /^The job's status is failed, so there is no OpenAI model/ },
    { value: "cancelled", says: /^The job's status is cancelled, so there is no OpenAI model/ },
    ...["validating_files", "queued", "running", "paused"].map((value) => ({
      ...{ value, says: new RegExp(`^The job's status is ${value}, so values chosen by the service may be missing`) },
    })),
  ],
  error: [
    {
      value: { code: "x", message: "File has 3 examples.", param: null },
      says: /^The job ended with an error, which may recur: File has 3 examples\.$/,
    },
    { value: {} },
    { value: null },
  ],
  estimated_finish: [{ value: 3, says: /^The job is still running at OpenAI and being billed/ }, { value: null }],
  trained_tokens: [{ value: 1700, says: /^trained_tokens \(1700\) is what OpenAI billed/ }, { value: null }],
  seed: [{ value: 0, settings: { seed: 0 }, says: /^The same seed does not give the same model/ }],
  metadata: [{ value: { team: "ai" }, settings: { metadata: { team: "ai" } } }, { value: {} }, { value: null }],
  integrations: [
    {
      value: [{ type: "wandb", wandb: { project: "p", name: null, entity: "e", tags: ["t"] } }],
      settings: { integrations: [{ type: "wandb", project: "p", entity: "e", tags: ["t"] }] },
      says: /^The Weights & Biases API key isn't migrated from OpenAI/,
    },
    { value: [{ type: "other" }], says: /^An integration of type "other" was left out; only wandb is supported\.$/ },
    { value: [] },
  ],
  hyperparameters: [
    {
      value: { n_epochs: 4 },
      settings: { hyperparameters: { nEpochs: 4 } },
      says: /whether you or OpenAI's service chose nEpochs/,
    },
    { value: { n_epochs: "auto", batch_size: null } },
    {
      value: { batch_size: 512 },
      says: /^batch_size is 512 and was left out, .*accepts a whole number from 1 to 256, or auto\.$/,
    },
  ],
  method: [
    {
      value: { type: "dpo", dpo: { hyperparameters: { beta: 0.1 } } },
      settings: { method: "dpo", hyperparameters: { beta: 0.1 } },
      says: /whether you or OpenAI's service chose beta/,
    },
    { value: { type: "dpo", dpo: { hyperparameters: { beta: "auto" } } }, settings: { method: "dpo" } },
    {
      value: { type: "supervised", supervised: { hyperparameters: { lora_rank: 8 } } },
      says: /^method\.supervised\.hyperparameters\.lora_rank has no setting .*job\.extraBody\.$/,
    },
    {
      value: { type: "supervised", supervised: { packing: true } },
      says: /^method\.supervised\.packing has no setting/,
    },
    {
      value: {
        type: "reinforcement",
        reinforcement: {
          grader: { type: "x" },
          response_format: { type: "json_schema" },
          hyperparameters: { reasoning_effort: "high", eval_samples: 2 },
        },
      },
      settings: {
        ...{ method: "reinforcement", grader: { type: "x" }, responseFormat: { type: "json_schema" } },
        hyperparameters: { reasoningEffort: "high", evalSamples: 2 },
      },
      says: /^Any model that the grader uses must be one that Azure's graders support/,
    },
  ],
  // Of these, other parts make settings: model.test.ts, data-files.test.ts.
  model: [{ value: "gpt-4o-mini" }],
  training_file: [{ value: "file-1" }],
  validation_file: [{ value: "file-2" }],
};

/** One of the sentences; of none there is no text at all. */
const line = (says: RegExp | undefined): RegExp => (says ? new RegExp(says.source, "m") : /^$(?![^])/);

/** A job that has this member alone. */
const taken = (member: string, value: unknown): Taken => takeMembers({ [member]: value });

describe.each(Object.entries(rows))("%s", (member, values) => {
  it.each(values)("is $value", ({ value, settings = {}, says }) => {
    const { settings: found, differences, toDo } = taken(member, value);
    expect(found).toEqual({ method: "supervised", ...settings });
    expect(differences.join("\n")).toMatch(line(says));
    expect(toDo).toEqual([]);
  });
});

it.each<[string, unknown, Record<string, unknown>, RegExp | undefined]>([
  ["user_provided_suffix", "tutor", { suffix: "tutor" }, undefined],
  [
    "user_provided_suffix",
    "customer-support.v2",
    { suffix: "customer" },
    /^The suffix "customer-support\.v2" became customer; expected at most 9/,
  ],
  ["user_provided_suffix", "...", {}, /^The suffix "\.\.\." was left out/],
  ["usage_metrics", { a: 1 }, {}, /^usage_metrics are OpenAI's figures/],
  ["shared_with_openai", true, {}, /^The job's data is shared with OpenAI/],
  ["shared_with_openai", false, {}, undefined],
  ["eval_id", "eval_1", {}, /^The evaluation eval_1 isn't migrated from OpenAI/],
  ["new_member", 1, {}, /^new_member is an unknown field and was left out\.$/],
  ["constructor", 1, {}, /^constructor is an unknown field/],
  ["new_member", null, {}, undefined],
])("a member that is not published: %s %j", (member, value, settings, says) => {
  const { settings: found, differences } = taken(member, value);
  expect(found).toEqual({ method: "supervised", ...settings });
  expect(differences.join("\n")).toMatch(line(says));
  expect(differences).toHaveLength(says ? 1 : 0);
});

it("prefers the values of the method's own part, and the suffix as it was given", () => {
  const { settings } = takeMembers(
    jobWith({ hyperparameters: { n_epochs: 1, batch_size: 2 }, user_provided_suffix: "other" }),
  );
  expect(settings).toEqual({
    ...{ method: "supervised", suffix: "other", seed: job.seed },
    hyperparameters: { nEpochs: 3, batchSize: 1, learningRateMultiplier: 1.8 },
  });
});

it("leaves a method without setting to do", () => {
  expect(taken("method", { type: "distillation" }).toDo).toEqual([
    `method.type is "distillation", which isn't supported. Set method to one of: supervised, dpo, reinforcement.`,
  ]);
});
