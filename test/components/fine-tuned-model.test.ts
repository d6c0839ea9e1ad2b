import { beforeAll, describe, expect, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { FineTunedModel, type FineTunedModelArgs } from "../../components/fine-tuned-model";
import { mockProgram, settled, valueOf, type MockedProgram } from "../support/mocked-program";

const args: FineTunedModelArgs = {
  account: { accountId: "account-id", location: "northcentralus" },
  project: "p",
  stack: "dev",
  model: "gpt-4o-mini-2024-07-18",
  method: "supervised",
  trainingType: "Standard",
  dataset: { training: "train.jsonl", validation: "valid.jsonl", rules: { "near-duplicate": "off" } },
  training: { waitMinutes: 30, wait: true, retry: 2, paused: false },
  deploy: {
    enabled: true,
    capacity: 3,
    takesPlaceOf: "tutor",
    sku: "Standard",
    checkpoint: "best",
    gate: { maxValidationLoss: 1 },
  },
  retain: { model: true, files: true, adopted: true },
  budget: { maxTrainingUsd: 10 },
};

async function registered(changes: Partial<FineTunedModelArgs> = {}) {
  const program = await mockProgram();
  const component = new FineTunedModel("finetune", { ...args, ...changes });
  await valueOf(component.fineTunedModel);
  await settled();
  return { program, component };
}

describe("FineTunedModel", () => {
  let program: MockedProgram;
  let component: FineTunedModel;
  beforeAll(async () => ({ program, component } = await registered()));

  const inputs = (name: string) => {
    const { __provider, ...rest } = program.find(name).inputs;
    expect(typeof __provider).toBe("string");
    return rest;
  };

  it("validates both files, the validation file against the training file", () => {
    const common = { model: args.model, method: "supervised", rules: { "near-duplicate": "off" } };
    expect(inputs("finetune-training-data")).toEqual({ ...common, path: "train.jsonl", role: "training" });
    expect(inputs("finetune-validation-data")).toEqual({
      ...common,
      path: "valid.jsonl",
      role: "validation",
      compareWith: "train.jsonl",
    });
  });

  it("prices the run by what the dataset counted", () => {
    expect(inputs("finetune-cost")).toEqual({
      job: "finetune-job",
      model: args.model,
      method: "supervised",
      trainingType: "Standard",
      location: "northcentralus",
      epochs: "auto",
      trainingTokens: 5000,
      examples: 60,
      deploymentSku: "Standard",
      deploy: true,
      budget: { maxTrainingUsd: 10 },
    });
  });

  it("names every model that grades", async () => {
    const model = (name: string) => ({ type: "score_model", name, model: name });
    const graders = { fit: model("gpt-4.1"), short: { type: "python", source: "" }, kind: model("gpt-4o") };
    const grader = { type: "multi", graders, calculate_output: "fit + short + kind" };
    const { program } = await registered({ method: "reinforcement", grader });
    expect(program.find("finetune-cost").inputs.graderModels).toEqual(["gpt-4.1", "gpt-4o"]);
  });

  it("uploads what was validated", () => {
    expect(inputs("finetune-training-file")).toEqual({
      accountId: "account-id",
      location: "northcentralus",
      path: "train.jsonl",
      sha256: "5a".repeat(32),
      contentSha256: "5a".repeat(32),
      bytes: 100,
      purpose: "fine-tune",
      retain: true,
      rolesManaged: false,
    });
    expect(inputs("finetune-validation-file")).toMatchObject({ path: "valid.jsonl" });
  });

  it("submits one job with contents, owner and what destroy keeps", () => {
    expect(inputs("finetune-job")).toEqual({
      accountId: "account-id",
      location: "northcentralus",
      model: args.model,
      method: "supervised",
      trainingType: "Standard",
      project: "p",
      register: true,
      stack: "dev",
      logicalName: "finetune-job",
      trainingFileId: "file-1",
      validationFileId: "file-1",
      trainingSha256: "5a".repeat(32),
      validationSha256: "5a".repeat(32),
      retry: 2,
      paused: false,
      retain: { model: true, adopted: true },
      deployment: { sku: "Standard", capacity: 3, takesPlaceOf: "tutor" },
      rolesManaged: false,
    });
  });

  it("waits for the job, with its own deadline, checkpoint and gate", () => {
    expect(inputs("finetune-model")).toEqual({
      accountId: "account-id",
      location: "northcentralus",
      jobId: "ftjob-1",
      trainingKey: "abcdef0123456789",
      trainingExamples: 60,
      rolesManaged: false,
      waitMinutes: 30,
      wait: true,
      retry: 2,
      paused: false,
      run: {
        ...{ model: "gpt-4o-mini-2024-07-18", method: "supervised", trainingType: "Standard" },
        ...{ epochs: "auto", tokens: 5000, examples: 60 },
      },
      checkpoint: "best",
      gate: { maxValidationLoss: 1 },
    });
  });

  it("tells what the datasets hold", async () => {
    expect(await valueOf(component.statistics.training.examples)).toBe(60);
    expect(await valueOf(component.estimate)).toEqual({ trainingTokens: { low: 1, high: 2 } });
  });
});

it("the lineage holds what decides the model, and nothing that moves without it", async () => {
  const { component } = await registered({ hyperparameters: { nEpochs: 3 }, seed: 7 });
  const lineage = await valueOf(pulumi.output(component.lineage));
  expect(lineage).toEqual({
    version: 1,
    base: { model: args.model },
    method: "supervised",
    trainingType: "Standard",
    hyperparametersAsked: { nEpochs: 3 },
    seed: 7,
    datasets: [
      { role: "training", path: "train.jsonl", sha256: "5a".repeat(32), examples: 60, tokens: 5000 },
      { role: "validation", path: "valid.jsonl", sha256: "5a".repeat(32), examples: 60, tokens: 5000 },
    ],
    job: expect.objectContaining({ id: "ftjob-1", trainingKey: "abcdef0123456789" }),
    model: { name: await valueOf(component.fineTunedModel), checkpoint: "best" },
  });
  expect((await registered()).component.lineage).not.toHaveProperty("seed");
});

it("without a validation file there is none to upload or to submit", async () => {
  const { program } = await registered({ dataset: { training: "train.jsonl" } });
  expect(program.registered.filter(({ name }) => name.includes("validation"))).toEqual([]);
  expect(program.find("finetune-job").inputs).not.toHaveProperty("validationFileId");
});

it("settings that the job does not know, stay out of it", async () => {
  const { program } = await registered({
    hyperparameters: { nEpochs: 3 },
    seed: 7,
    suffix: "tutor",
    job: { extraBody: { rank: 8 } },
    ...{ tags: { a: "b" } },
  });
  expect(program.find("finetune-job").inputs).toMatchObject({
    hyperparameters: { nEpochs: 3 },
    seed: 7,
    suffixBase: "tutor",
    extraBody: { rank: 8 },
  });
  expect(program.find("finetune-job").inputs).not.toHaveProperty("tags");
  expect(program.find("finetune-cost").inputs).toMatchObject({ epochs: 3 });
});
