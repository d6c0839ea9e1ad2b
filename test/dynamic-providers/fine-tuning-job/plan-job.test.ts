import { expect, it } from "@jest/globals";
import { planForJob } from "../../../dynamic-providers/fine-tuning-job/plan-job";
import type { FineTuningJobInputs, FineTuningJobState } from "../../../dynamic-providers/fine-tuning-job/schema";
import { RunPlan } from "../../../dynamic-providers/runtime/run-plan";

const inputs = {
  accountId: "/a",
  location: "northcentralus",
  model: "gpt-4o-mini-2024-07-18",
  method: "supervised",
  trainingType: "Standard",
  trainingSha256: "1",
} as FineTuningJobInputs;
const state = {
  ...inputs,
  jobId: "ftjob-1",
  status: "succeeded",
  record: "present",
  adopted: false,
} as FineTuningJobState;

function planned(
  old: Partial<FineTuningJobState>,
  change: Partial<FineTuningJobInputs>,
  replaces: string[],
  status?: string,
) {
  const plan = new RunPlan(() => undefined);
  plan.dataset("2", { path: "data/t.jsonl", before: 68, examples: 70 });
  return planForJob({ ...state, ...old }, { ...inputs, ...change }, replaces, plan, status);
}

it.each<[Partial<FineTuningJobState>, Partial<FineTuningJobInputs>, string[], string]>([
  [{}, { trainingSha256: "2" }, ["trainingKey"], "data/t.jsonl changed (68 -> 70 examples)"],
  [{}, { validationSha256: "3" }, ["trainingKey"], "validation data was added"],
  [{ validationSha256: "3" }, {}, ["trainingKey"], "validation data was removed"],
  [{ validationSha256: "3" }, { validationSha256: "4" }, ["trainingKey"], "the validation data changed"],
  [
    {},
    { model: "gpt-4.1-mini-2025-04-14" },
    ["trainingKey"],
    "model gpt-4o-mini-2024-07-18 -> gpt-4.1-mini-2025-04-14",
  ],
  [{}, { hyperparameters: { nEpochs: 3 } }, ["trainingKey"], "nEpochs auto -> 3"],
  [{ seed: 1 }, {}, ["trainingKey"], "seed 1 -> unset"],
  [{}, { extraBody: { rank: 8 } }, ["trainingKey"], "job.extraBody.rank was added"],
  [{ extraBody: { rank: 4 } }, { extraBody: { rank: 8 } }, ["trainingKey"], "job.extraBody.rank was changed"],
  [{ extraBody: { rank: 4 } }, {}, ["trainingKey"], "job.extraBody.rank was removed"],
  [{ grader: { type: "a" } }, { grader: { type: "b" } }, ["trainingKey"], "grader changed"],
  [{}, { retry: 1 }, ["retry"], "the last job did not succeed, and training.retry was increased"],
  [{}, {}, ["trainingKey"], "an input that determines the trained model changed"],
])("says why it trains again: %j -> %j", (old, change, replaces, because) => {
  expect(planned(old, change, replaces)).toEqual({
    does: "train again",
    because: [because],
    oldModel: "the model of ftjob-1 will be deleted",
  });
});

it.each<[Partial<FineTuningJobState>, string]>([
  [{ retain: { model: true } }, "the model of ftjob-1 is kept (retain.model)"],
  [{ adopted: true }, "the model of ftjob-1 is kept (retain.adopted)"],
  [{ adopted: true, retain: { adopted: false } }, "the model of ftjob-1 will be deleted"],
  [{ record: "lost" }, "the model of ftjob-1 was already deleted"],
])("says what becomes of the model that is there: %j", (old, oldModel) => {
  expect(planned(old, { trainingSha256: "2" }, ["trainingKey"])).toMatchObject({ oldModel });
});

it.each<[string, Partial<FineTuningJobState>, string]>([
  ["succeeded", {}, "the model of ftjob-1 will be deleted"],
  ["failed", {}, "ftjob-1, which produced no model, will be deleted"],
  ["running", {}, "ftjob-1, which is not finished (running), will be cancelled and deleted"],
  ["running", { retain: { model: true } }, "ftjob-1, which is not finished (running), is kept (retain.model)"],
])("says what becomes of a job that is %s, with %j", (status, old, oldModel) => {
  expect(planned(old, { trainingSha256: "2" }, ["trainingKey"], status)).toMatchObject({ oldModel });
});

it.each<[Partial<FineTuningJobState>, Partial<FineTuningJobInputs>, string[], object]>([
  [{ record: "lost" }, {}, [], { does: "miss", jobId: "ftjob-1" }],
  [{}, {}, [], { does: "keep", jobId: "ftjob-1" }],
  [{ record: "gone" }, {}, [], { does: "keep", jobId: "ftjob-1" }],
  [{ status: "running" }, {}, [], { does: "keep", jobId: "ftjob-1" }],
  [{}, { existingJobId: "ftjob-2" }, ["existingJobId"], { does: "take over", jobId: "ftjob-2" }],
])("says that nothing is trained: %j -> %j", (old, change, replaces, expected) => {
  expect(planned(old, change, replaces)).toEqual(expected);
});
