import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { accountKeysHandler } from "../../dynamic-providers/account-keys/handler";
import { accountPurgeHandler } from "../../dynamic-providers/account-purge/handler";
import { chatProbeHandler } from "../../dynamic-providers/chat-probe/handler";
import type { Context } from "../../dynamic-providers/runtime/context";
import { fineTuningJobHandler } from "../../dynamic-providers/fine-tuning-job/handler";
import type { FineTuningJobArgs, FineTuningJobState } from "../../dynamic-providers/fine-tuning-job/schema";
import { trainedModelHandler } from "../../dynamic-providers/trained-model/handler";
import type { TrainedModelState } from "../../dynamic-providers/trained-model/schema";
import { trainingFileHandler } from "../../dynamic-providers/training-file/handler";
import type { TrainingFileInputs, TrainingFileState } from "../../dynamic-providers/training-file/schema";
import { chatRows, deploy, rehearse, type Rehearsal } from "../support/rehearsal";

let rehearsal: Rehearsal;
let up: Context;
beforeAll(async () => {
  rehearsal = await rehearse({
    settings: {
      fileSeconds: 3,
      trainingSeconds: 600,
      deploymentWarmupSeconds: 40,
      rbacLagSeconds: 60,
      purgeSeconds: 3,
    },
  });
  up = rehearsal.newProcess();
});
afterAll(() => rehearsal.close());

describe("from dataset to chat answer and back to nothing", () => {
  let training: TrainingFileState;
  let validation: TrainingFileState;
  let job: FineTuningJobState;
  let model: TrainedModelState;

  it("uploads both files", async () => {
    const handler = trainingFileHandler(up);
    const upload = async (name: string, rows: number) => {
      const args = { ...account(), ...rehearsal.file(name, chatRows(rows)), purpose: "fine-tune" };
      const { inputs } = await handler.check({} as TrainingFileInputs, args as TrainingFileInputs);
      return (await handler.create(inputs)).outs;
    };
    training = await upload("training_set.jsonl", 30);
    validation = await upload("validation_set.jsonl", 10);
    expect([training.status, validation.status]).toEqual(["processed", "processed"]);
  });

  it("submits the job", async () => {
    const handler = fineTuningJobHandler(up);
    const args: FineTuningJobArgs = {
      ...account(),
      model: "gpt-4o-mini-2024-07-18",
      method: "supervised",
      hyperparameters: { nEpochs: 2 },
      trainingType: "Standard",
      suffixBase: "teacher",
      trainingFileId: training.fileId,
      validationFileId: validation.fileId,
      trainingSha256: training.sha256,
      validationSha256: validation.sha256,
      project: "finetune",
      stack: "test",
      logicalName: "job",
    };
    const { inputs, failures } = await handler.check({} as never, args as never);
    expect(failures).toEqual([]);
    job = (await handler.create(inputs)).outs;
    expect(job).toMatchObject({
      adopted: false,
      record: "present",
      suffix: expect.stringMatching(/^teacher-[0-9a-f]{8}$/),
    });
    expect(rehearsal.account.dataPlane.jobsEverCreated).toBe(1);
  });

  it("waits for the model and reads its figures", async () => {
    const inputs = {
      ...account(),
      jobId: job.jobId,
      waitMinutes: 60,
      wait: true,
      checkpoint: "last" as const,
      trainingExamples: 30,
    };
    model = (await trainedModelHandler(up).create(inputs)).outs;
    expect(model).toMatchObject({
      status: "succeeded",
      baseModel: "gpt-4o-mini-2024-07-18",
      fineTunedModel: `gpt-4o-mini-2024-07-18.ft-${job.jobId.slice(6)}-${job.suffix}`,
      steps: 60,
    });
    expect(model.billedTokens).toBeGreaterThan(0);
    expect(model.billedTokens! % 1000).toBe(0);
    expect(model.trainingLoss!.last).toBeLessThan(model.trainingLoss!.first);
    expect(model.validationLoss).not.toBeNull();
    expect(model.checkpoints.length).toBeGreaterThan(0);
    expect(rehearsal.lines.join("\n")).toMatch(/^\d+% .*step \d+\/60 · loss/m);
  });

  it("proves that the deployment answers", async () => {
    deploy(rehearsal, "teacher", model.fineTunedModel);
    const inputs = {
      ...account(),
      deploymentName: "teacher",
      fineTunedModel: model.fineTunedModel,
      deployedAt: "2026-11-22T12:00:00Z",
      systemMessage: "You teach.",
      question: "Question 3 about learning machines?",
      maxTokens: 100,
      waitMinutes: 30,
    };
    const { outs } = await chatProbeHandler(up).create(inputs);
    expect(outs.answer).toBe("Answer 3.");
    expect(outs.promptTokens).toBeGreaterThan(0);
  });

  it("hands out and rotates the keys", async () => {
    const handler = accountKeysHandler(up);
    const first = (await handler.create({ ...account(), rotation: 0 })).outs;
    expect(first).toMatchObject({ inUse: "Key1", primary: rehearsal.account.keys[0] });
    const second = (await handler.update("", first, { ...account(), rotation: 1 })).outs;
    expect(second).toMatchObject({ inUse: "Key2", key1: first.key1, primary: rehearsal.account.keys[1] });
    expect(second.key2).not.toBe(first.key2);
  });

  it("removes everything", async () => {
    const down = rehearsal.newProcess();
    rehearsal.account.deployments.length = 0;
    await trainedModelHandler(down).delete("", model);
    await fineTuningJobHandler(down).delete("", job);
    await trainingFileHandler(down).delete("", training);
    await trainingFileHandler(down).delete("", validation);
    expect(rehearsal.account.dataPlane).toMatchObject({ jobs: [], files: [] });
  });

  it("purges the account", async () => {
    const { subscriptionId, world } = rehearsal.service;
    const { resourceGroup: resourceGroupName, name: accountName, location } = rehearsal.account;
    const inputs = { subscriptionId, resourceGroupName, accountName, location };
    const { id, outs } = await accountPurgeHandler(up).create(inputs);
    const down = rehearsal.newProcess();
    await rehearsal.deleteAccount();
    await accountPurgeHandler(down).delete(id, outs);
    expect([world.state.accounts, world.state.deletedAccounts]).toEqual([[], []]);
    expect(rehearsal.lines.at(-1)).toMatch(/Tuning no longer exists; resource group ResourceGroup1 was kept/);
  });
});

function account() {
  return { accountId: rehearsal.accountId, location: rehearsal.location };
}
