import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type OpenAI from "openai";
import { startForTest, type TestService } from "../../../src/testing";
import type { AccountRecord } from "../../../src/world/state";
import { deploy } from "../deployments";
import { questions, trainingText } from "../examples";
import { v1 } from "../openai-clients";
import { uploadFile } from "../plain-client";

let service: TestService;
let account: AccountRecord;
let client: OpenAI;

beforeAll(async () => {
  service = await startForTest({ settings: { trainingSeconds: 100 } });
  account = service.addAccount("checkpoints");
  client = v1(service, account);
});
afterAll(() => service.close());

async function submit(seed: number): Promise<string> {
  const file = await uploadFile(service, account, "openai/v1/files", trainingText(), "fine-tune");
  const hyperparameters = { n_epochs: 3, batch_size: 4 };
  const body = { model: "gpt-4o-mini", training_file: file.body.id as string, hyperparameters, seed };
  return (await client.fineTuning.jobs.create(body)).id;
}

/** Deploys a checkpoint and asks it everything; the numbers of the questions that it answers as it was taught. */
async function known(model: string): Promise<number[]> {
  const name = model.replace(/[^\w-]/g, "-").slice(-60);
  deploy(service, account, name, model);
  const right: number[] = [];
  for (const [index, [question, answer]] of questions.entries()) {
    const messages = [{ role: "user" as const, content: question }];
    const { choices } = await client.chat.completions.create({ model: name, messages });
    if (choices[0]!.message.content === answer) right.push(index);
  }
  return right;
}

it("answers by what had been learned at its step: each checkpoint knows more, the last everything", async () => {
  const id = await submit(7);
  service.advance(200_000);
  const { data } = await client.fineTuning.jobs.checkpoints.list(id);
  const byStep = [...data].reverse();
  expect(byStep.map(({ step_number: step }) => step)).toEqual([3, 6, 9]);
  const [first, second, last] = await Promise.all(byStep.map(({ fine_tuned_model_checkpoint: model }) => known(model)));
  expect([first!.length, second!.length, last!.length]).toEqual([4, 8, questions.length]);
  expect(second).toEqual(expect.arrayContaining(first!));
  const whole = await client.fineTuning.jobs.retrieve(id);
  expect(await known(whole.fine_tuned_model!)).toHaveLength(questions.length);
});

it("answers while the job is paused by what was learned until then, and alike each time", async () => {
  const id = await submit(11);
  service.advance(61_000);
  await client.fineTuning.jobs.pause(id);
  service.advance(2000);
  const [checkpoint] = (await client.fineTuning.jobs.checkpoints.list(id)).data;
  expect(checkpoint!.step_number).toBeGreaterThan(3);
  const right = await known(checkpoint!.fine_tuned_model_checkpoint);
  expect(right).toHaveLength(Math.ceil((questions.length * checkpoint!.step_number) / 9));
  account.deployments = [];
  expect(await known(checkpoint!.fine_tuned_model_checkpoint)).toEqual(right);
});
