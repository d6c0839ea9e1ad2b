import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type OpenAI from "openai";
import { startForTest, type TestService } from "../../../src/testing";
import { questions } from "../examples";
import { v1 } from "../openai-clients";
import { uploadFile } from "../plain-client";

let service: TestService;
let client: OpenAI;
let file: string;

beforeAll(async () => {
  service = await startForTest({ settings: { trainingSeconds: 100 } });
  const account = service.addAccount("preference");
  client = v1(service, account);
  const says = (content: string) => [{ role: "assistant", content }];
  const rows = questions.map(([question, answer]) =>
    JSON.stringify({
      input: { messages: [{ role: "user", content: question }] },
      preferred_output: says(answer),
      non_preferred_output: says("I would rather not talk about that at all."),
    }),
  );
  file = (await uploadFile(service, account, "openai/v1/files", rows.join("\n"), "fine-tune")).body.id as string;
});
afterAll(() => service.close());

async function lastRow(beta: number): Promise<Record<string, number>> {
  const job = await client.fineTuning.jobs.create({
    ...{ model: "gpt-4.1-mini", training_file: file, validation_file: file, seed: 5 },
    method: { type: "dpo", dpo: { hyperparameters: { beta, n_epochs: 3, batch_size: 4 } } },
  });
  service.advance(200_000);
  const done = await client.fineTuning.jobs.retrieve(job.id);
  const lines = (await (await client.files.content(done.result_files[0]!)).text()).trim().split("\n");
  const [header, first] = lines.map((line) => line.split(","));
  expect(first![header!.indexOf("train_loss")]).toBe("0.693147");
  return Object.fromEntries(
    lines
      .at(-1)!
      .split(",")
      .map((cell, at) => [header![at]!, Number(cell)]),
  );
}

it("shows DPO's loss, and how well the outputs are told apart, by the job's own beta", async () => {
  const [mild, strict] = [await lastRow(0.1), await lastRow(1)];
  expect(mild).toMatchObject({ train_preference_accuracy: 1, full_valid_preference_accuracy: 1 });
  expect(strict.train_loss).toBeLessThan(mild.train_loss!);
  expect(strict.full_valid_loss).toBeLessThan(mild.full_valid_loss!);
});
