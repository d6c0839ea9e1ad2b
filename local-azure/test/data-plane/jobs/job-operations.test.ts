import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { AzureOpenAI } from "openai";
import type { AccountRecord, JobFault } from "../../../src/world/state";
import { startForTest, type TestService } from "../../../src/testing";
import { deploy } from "../deployments";
import { chatRow, trainingText } from "../examples";
import { dated, v1 } from "../openai-clients";
import { call, uploadFile, type Answer } from "../plain-client";

let service: TestService;
let account: AccountRecord;
let client: AzureOpenAI;
let fileId: string;
let number = 0;

beforeAll(async () => {
  service = await startForTest({ settings: { trainingSeconds: 100 } });
});
afterAll(() => service.close());
beforeEach(async () => {
  account = service.addAccount(`jobs${(number += 1)}`);
  client = dated(service, account, "2025-04-01-preview");
  fileId = await upload(trainingText());
});

async function upload(text: string): Promise<string> {
  const answer = await uploadFile(service, account, "openai/files?api-version=2024-10-21", text, "fine-tune");
  return answer.body.id as string;
}

const submit = (body: object = {}, version = "2025-04-01-preview"): Promise<Answer> =>
  call(service, account, "POST", `openai/fine_tuning/jobs?api-version=${version}`, {
    model: "gpt-4o-mini",
    training_file: fileId,
    ...body,
  });
const act = (method: string, id: string, action = "", version = "2025-04-01-preview"): Promise<Answer> =>
  call(service, account, method, `openai/fine_tuning/jobs/${id}${action}?api-version=${version}`);
const statusOf = async (id: string): Promise<unknown> => (await act("GET", id)).body.status;

it("a member that the service does not know is kept and repeated, and never takes the place of one of its own", async () => {
  const method = { type: "supervised", supervised: { packing: true, hyperparameters: { n_epochs: 2, rank: 8 } } };
  const sent = { priority: { level: 1 }, method, status: "succeeded", fine_tuned_model: "mine", id: "ftjob-1" };
  const { body } = await submit(sent);
  expect(body).toMatchObject({ priority: { level: 1 }, method, status: "pending" });
  expect(body).not.toHaveProperty("fine_tuned_model");
  expect(body.id).not.toBe("ftjob-1");
  expect((await act("GET", body.id as string)).body).toMatchObject({ priority: { level: 1 }, method });
});

describe("what a job may not be", () => {
  const grader = { type: "string_check", operation: "eq", input: "{{sample.output_text}}", reference: "{{item.a}}" };

  it.each<[string, object, string]>([
    ["no model", { model: undefined }, "model is required"],
    ["an unknown model", { model: "gpt-9" }, "The specified base model does not support fine-tuning."],
    [
      "a model that can't be tuned",
      { model: "text-embedding-3-small" },
      "The specified base model does not support fine-tuning.",
    ],
    [
      "a method the model lacks",
      { method: { type: "dpo", dpo: {} } },
      "The specified base model does not support fine-tuning.",
    ],
    [
      "a training type the model lacks",
      {
        model: "gpt-5",
        method: { type: "reinforcement", reinforcement: { grader } },
        trainingType: "developerTier",
      },
      "The specified base model does not support fine-tuning.",
    ],
    ["an unknown method", { method: { type: "magic" } }, "method.type must be one of supervised, dpo, reinforcement"],
    ["reinforcement without grader", { model: "o4-mini", method: { type: "reinforcement" } }, "grader is required"],
    [
      "reinforcement with a grader that lacks something",
      { model: "o4-mini", method: { type: "reinforcement", reinforcement: { grader: { ...grader, operation: "=" } } } },
      'method.reinforcement.grader.operation is "="',
    ],
    ["an unknown file", { training_file: "file-none" }, `training_file is "file-none"`],
    ["a dot in the suffix", { suffix: "a.b" }, "'.' is a reserved character"],
    ["a long suffix", { suffix: "a".repeat(41) }, "1 to 40 characters"],
    ["a negative seed", { seed: -1 }, "seed is -1"],
    ["epochs without end", { hyperparameters: { n_epochs: 1e9 } }, "a whole number from 1 to 50"],
    ["a batch of thousands", { hyperparameters: { batch_size: 257 } }, "a whole number from 1 to 256"],
    ["a name of every object as training type", { trainingType: "constructor" }, "trainingType is"],
    ["half an epoch", { hyperparameters: { n_epochs: 0.5 } }, "hyperparameters.n_epochs is 0.5"],
    [
      "a strange rate",
      { method: { type: "supervised", supervised: { hyperparameters: { learning_rate_multiplier: "fast" } } } },
      `learning_rate_multiplier is "fast"`,
    ],
    ["too much metadata", { metadata: { a: "x".repeat(513) } }, "metadata must have"],
    ["an unknown training type", { trainingType: "cheap" }, `trainingType is "cheap"`],
    ["an unknown integration", { integrations: [{ type: "mlflow" }] }, "integrations must be"],
  ])("%s", async (_, body, message) => {
    const answer = await submit(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({
      code: "invalidPayload",
      message: expect.stringContaining(message),
    });
    expect(account.dataPlane.jobsEverCreated).toBe(0);
  });

  it("longer than this service can keep the figures of", async () => {
    account.dataPlane.files[0]!.rows!.chat = 5_000_000;
    const answer = await submit({ hyperparameters: { batch_size: 1, n_epochs: 3 } });
    expect(answer.body.error).toMatchObject({ message: expect.stringContaining("15000000 steps") as unknown });
  });

  it("a file that is not processed yet, but for clients of 2023", async () => {
    account.dataPlane.files[0]!.processedAt = service.world.clock.now() + 5000;
    const refused = await submit();
    expect(refused.body.error).toMatchObject({
      message: "The specified file reference must point to a completed file import.",
    });
    const old = await submit({}, "2023-05-01");
    expect(old.body.status).toBe("pending");
    service.advance(6000);
    expect(await statusOf(old.body.id as string)).toBe("running");
  });

  it("without a training type, where the service is set to refuse that", async () => {
    service.world.settings.requireTrainingType = true;
    const refused = await submit();
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({ message: "The specified base model does not support fine-tuning." });
    expect((await submit({ trainingType: "Standard" })).status).toBe(201);
    service.world.settings.requireTrainingType = false;
    expect((await submit()).status).toBe(201);
  });

  it("trained in place in a region without the model, but globally", async () => {
    account.location = "japaneast";
    expect((await submit()).status).toBe(400);
    expect((await submit({ trainingType: "globalstandard" })).body.trainingType).toBe("globalStandard");
  });
});

it("fails a job with fewer than ten examples, with the reason", async () => {
  fileId = await upload(`${chatRow("a", "b")}\n`.repeat(9));
  const job = await client.fineTuning.jobs.create({ model: "gpt-4o-mini", training_file: fileId });
  service.advance(1000);
  const failed = await client.fineTuning.jobs.retrieve(job.id);
  expect(failed).toMatchObject({
    status: "failed",
    error: {
      code: "invalidPayload",
      param: "training_file",
      message: "Training file has 9 example(s), but must have at least 10 examples.",
    },
  });
  const [newest] = (await client.fineTuning.jobs.listEvents(job.id)).data;
  expect(newest).toMatchObject({ level: "error", message: expect.stringContaining("9 example(s)") });
});

it("tells the recorded course, newest first, with figures every ten steps", async () => {
  const job = await client.fineTuning.jobs.create({
    model: "gpt-4o-mini",
    training_file: fileId,
    validation_file: fileId,
    hyperparameters: { n_epochs: 2, batch_size: 1 },
  });
  service.advance(200_000);
  const events = (await client.fineTuning.jobs.listEvents(job.id, { limit: 100 })).data.reverse();
  const result = `file-${account.dataPlane.jobs[0]!.resultFileId.slice(5)}`;
  expect(events.map(({ message }) => message.replace(/=.*/, "=").replace(/billed: \d+/, "billed: N"))).toEqual([
    "Job enqueued. Waiting for jobs ahead to complete.",
    "Preprocessing running for file training file.",
    "Preprocessing running for file validation file.",
    "Preprocessing completed for file training file.",
    "Preprocessing completed for file validation file.",
    "Job started.",
    "Data Import started.",
    "Finetuning started.",
    "Job queued, waiting for GPUs.",
    "Training started.",
    "Step 1: training loss=",
    `Created results file: ${result}`,
    "Step 10: training loss=",
    "Step 12: training loss=",
    "Step 20: training loss=",
    "Step 24: training loss=",
    "Job succeeded.",
    `Completed results file: ${result}`,
    "Model safety evaluation running.",
    "Model Evaluation Passed.",
    "Training tokens billed: N",
  ]);
  const csv = await (await client.files.content(result)).text();
  const lines = csv.trim().split("\n");
  expect(lines).toHaveLength(1 + 24);
  expect(lines[0]).toBe(
    "step,train_loss,train_mean_token_accuracy,valid_loss,valid_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy",
  );
  const step20 = events.find(({ message }) => message.startsWith("Step 20"))!;
  expect(lines[20]).toContain(String((step20.data as { train_loss: number }).train_loss));
  const listed = await client.files.list({ purpose: "fine-tune-results" });
  expect(listed.data).toMatchObject([{ id: result, bytes: Buffer.byteLength(csv) }]);
});

it("is still running when the event says that it succeeded, until the safety evaluation has passed", async () => {
  const job = await client.fineTuning.jobs.create({ model: "gpt-4o-mini", training_file: fileId });
  service.advance(90_000);
  const newest = async () => (await client.fineTuning.jobs.listEvents(job.id)).data.map(({ message }) => message);
  expect((await newest()).slice(0, 3)).toEqual([
    "Model safety evaluation running.",
    expect.stringMatching(/^Completed results file: file-/),
    "Job succeeded.",
  ]);
  expect(await client.fineTuning.jobs.retrieve(job.id)).toMatchObject({ status: "running" });
  service.advance(20_000);
  expect((await newest()).slice(0, 2)).toEqual([
    expect.stringMatching(/^Training tokens billed: \d*000$/),
    "Model Evaluation Passed.",
  ]);
  expect(await statusOf(job.id)).toBe("succeeded");
});

it("bills nothing for a job whose postprocessing fails after the training", async () => {
  account.dataPlane.nextJobFaults = [{ outcome: "fail-postprocessing" }];
  const job = await client.fineTuning.jobs.create({ model: "gpt-4o-mini", training_file: fileId });
  service.advance(90_000);
  expect(await statusOf(job.id)).toBe("running");
  service.advance(20_000);
  const events = (await client.fineTuning.jobs.listEvents(job.id)).data.map(({ message }) => message);
  expect(events.slice(0, 6)).toEqual([
    "Training tokens billed: 0",
    "Fine tune failed during postprocessing",
    expect.stringMatching(/^Completed results file: file-/),
    "Model safety checks failed due to system error.",
    "Model safety evaluation running.",
    expect.stringMatching(/^Completed results file: file-/),
  ]);
  const failed = await client.fineTuning.jobs.retrieve(job.id);
  expect(failed).toMatchObject({ status: "failed", error: { message: "Fine tune failed during postprocessing" } });
  expect(failed).not.toHaveProperty("trained_tokens");
});

// The relation of the public records: bytes without line ends / 4 x epochs, and a bill in whole thousands.
it.each([
  ["one byte more than the text", "\n"],
  ["as many as the text", ""],
])("has trained_tokens by bytes, and a bill in thousands: a file with %s", async (_, end) => {
  const rows = Array.from({ length: 10 }, (_, at) => chatRow(`Question ${at} about the ocean`, "word ".repeat(150)));
  fileId = await upload(rows.join("\n") + end);
  const job = await client.fineTuning.jobs.create({
    model: "gpt-4o-mini",
    training_file: fileId,
    hyperparameters: { n_epochs: 10 },
  });
  service.advance(200_000);
  const bytes = Buffer.byteLength(rows.join(""));
  const done = await client.fineTuning.jobs.retrieve(job.id);
  expect(done.trained_tokens).toBe(Math.round((bytes / 4) * 10));
  const [bill] = (await client.fineTuning.jobs.listEvents(job.id)).data;
  const billed = Number(/^Training tokens billed: (\d+)$/.exec(bill!.message)![1]);
  expect(billed % 1000).toBe(0);
  expect(Math.abs(billed - done.trained_tokens!)).toBeGreaterThan(1000);
  expect(billed).toBeGreaterThan(10 * 10 * 150);
});

it("lets the results be read while it trains", async () => {
  const job = await client.fineTuning.jobs.create({ model: "gpt-4o-mini", training_file: fileId });
  service.advance(51_000);
  const { result_files, status } = await client.fineTuning.jobs.retrieve(job.id);
  expect(status).toBe("running");
  const lines = (await (await client.files.content(result_files[0]!)).text()).trim().split("\n");
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.length).toBeLessThan(36);
});

describe("cancel, pause, resume, delete", () => {
  it("cancels at once, and only a job that has not ended", async () => {
    const { body } = await submit();
    expect((await act("POST", body.id as string, "/cancel")).body.status).toBe("cancelled");
    const again = await act("POST", body.id as string, "/cancel");
    expect([again.status, (again.body.error as { code: string }).code]).toEqual([409, "unexpectedEntityState"]);
  });

  it("pauses a running job, keeps a deployable checkpoint meanwhile, and goes on", async () => {
    const id = (await submit()).body.id as string;
    expect((await act("POST", id, "/pause")).status).toBe(409);
    service.advance(51_000);
    expect((await act("POST", id, "/pause")).body.status).toBe("pausing");
    service.advance(1000);
    expect(await statusOf(id)).toBe("paused");
    const [checkpoint] = (await client.fineTuning.jobs.checkpoints.list(id)).data;
    expect(checkpoint!.fine_tuned_model_checkpoint).toMatch(/:ckpt-step-\d+$/);
    service.advance(1_000_000);
    expect((await act("POST", id, "/resume")).body.status).toBe("resuming");
    service.advance(1000);
    expect(await statusOf(id)).toBe("running");
    service.advance(50_000);
    expect(await statusOf(id)).toBe("succeeded");
  });

  it("has no pause before the versions of 2025, and no DELETE in v1", async () => {
    const id = (await submit()).body.id as string;
    expect((await act("POST", id, "/pause", "2024-10-21")).body.error).toEqual({
      code: "404",
      message: "Resource not found",
    });
    expect((await call(service, account, "DELETE", `openai/v1/fine_tuning/jobs/${id}`)).status).toBe(404);
  });

  it("deletes job and model, not while it runs or is deployed, and keeps the results file", async () => {
    const job = await client.fineTuning.jobs.create({ model: "gpt-4o-mini", training_file: fileId });
    service.advance(20_000);
    expect((await act("DELETE", job.id)).status).toBe(409);
    service.advance(100_000);
    const done = await client.fineTuning.jobs.retrieve(job.id);
    const deployment = deploy(service, account, "d", done.fine_tuned_model!);
    const refused = await act("DELETE", job.id);
    expect([refused.status, refused.body.error]).toMatchObject([
      409,
      { message: expect.stringContaining("is deployed as 'd'") },
    ]);
    account.deployments = account.deployments.filter((other) => other !== deployment);
    const csv = await (await client.files.content(done.result_files[0]!)).text();
    expect((await act("DELETE", job.id)).status).toBe(204);
    await expect(client.fineTuning.jobs.retrieve(job.id)).rejects.toMatchObject({ status: 404, code: "notFound" });
    await expect(client.models.retrieve(done.fine_tuned_model!)).rejects.toMatchObject({ status: 404 });
    expect(await (await client.files.content(done.result_files[0]!)).text()).toBe(csv);
    expect(account.dataPlane.jobsEverCreated).toBe(1);
  });
});

it("lists newest first in pages", async () => {
  const ids: unknown[] = [];
  for (let at = 0; at < 5; at += 1) ids.unshift((await submit()).body.id);
  const seen: string[] = [];
  for await (const job of v1(service, account).fineTuning.jobs.list({ limit: 2 })) seen.push(job.id);
  expect(seen).toEqual(ids);
  service.advance(2000);
  expect(
    (await Promise.all(ids.map((id) => statusOf(id as string)))).filter((status) => status === "running"),
  ).toHaveLength(3);
});

it("refuses more jobs than may wait", async () => {
  for (let at = 0; at < 20; at += 1) expect((await submit()).status).toBe(201);
  const refused = await submit();
  expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "60"]);
});

it("trains a tuned model further, and outlives the deletion of its file", async () => {
  const first = await client.fineTuning.jobs.create({ model: "gpt-4o-mini", training_file: fileId, suffix: "one" });
  await client.files.delete(fileId);
  service.advance(200_000);
  const { fine_tuned_model: model } = await client.fineTuning.jobs.retrieve(first.id);
  fileId = await upload(trainingText(2));
  const second = await client.fineTuning.jobs.create({ model: model!, training_file: fileId });
  expect(second.model).toBe(model);
  service.advance(200_000);
  const done = await client.fineTuning.jobs.retrieve(second.id);
  expect(done.fine_tuned_model).toBe(`gpt-4o-mini-2024-07-18.ft-${second.id.slice(6)}`);
});

describe("outcomes other than success", () => {
  const admin = (path: string, body: object = {}): Promise<Answer> =>
    call(service, account, "POST", `../../local-azure/accounts/${account.name}${path}`, body, {
      "x-local-azure-admin": service.world.state.adminToken,
    });

  it.each<[JobFault, string, string]>([
    [{ outcome: "fail-validation" }, "failed", "failed RAI checks"],
    [{ outcome: "fail-training" }, "failed", "internal error"],
    [{ outcome: "fail-evaluation" }, "failed", "unable to be deployed"],
    [{ outcome: "fail-postprocessing" }, "failed", "failed during postprocessing"],
    [{ outcome: "stay-queued" }, "pending", ""],
    [{ outcome: "cancel" }, "cancelled", ""],
    [{ outcome: "preempt", seconds: 1 }, "succeeded", ""],
    [{ outcome: "preempt", seconds: 1_000 }, "paused", ""],
    [{ outcome: "pause" }, "paused", ""],
  ])("%j", async (fault, status, message) => {
    expect((await admin("/job-faults", fault)).status).toBe(200);
    const { body } = await submit();
    service.advance(110_000);
    const job = await act("GET", body.id as string);
    expect(job.body.status).toBe(status);
    expect(JSON.stringify(job.body.error ?? "")).toContain(message);
    expect((await submit()).body.status).toBe("pending");
  });

  it("goes on after a preemption without help, and refuses to be resumed meanwhile", async () => {
    const id = (await submit()).body.id as string;
    service.advance(50_000);
    await admin(`/jobs/${id}/fault`, { outcome: "preempt", seconds: 30 });
    expect(await statusOf(id)).toBe("paused");
    expect((await act("POST", `${id}/resume`)).status).toBe(409);
    service.advance(30_000);
    expect(await statusOf(id)).toBe("running");
  });

  it("stays paused after the service paused it, until somebody resumes it", async () => {
    const id = (await submit()).body.id as string;
    service.advance(50_000);
    await admin(`/jobs/${id}/fault`, { outcome: "pause" });
    service.advance(100_000_000);
    expect(await statusOf(id)).toBe("paused");
    const { body } = await act("GET", `${id}/events`);
    expect(JSON.stringify(body)).toContain("Job paused: its spending limit is reached.");
    expect((await act("POST", `${id}/resume`)).status).toBe(200);
    service.advance(1_000_000);
    expect(await statusOf(id)).toBe("succeeded");
  });

  it("strikes a job that runs, and forgets a record whose model stays", async () => {
    const first = (await submit()).body.id as string;
    const second = (await submit()).body.id as string;
    service.advance(50_000);
    await admin(`/jobs/${first}/fault`, { outcome: "fail-training" });
    expect(await statusOf(first)).toBe("failed");
    service.advance(100_000);
    const model = (await act("GET", second)).body.fine_tuned_model as string;
    await admin(`/jobs/${second}/forget`);
    expect((await act("GET", second)).status).toBe(404);
    expect((await client.models.retrieve(model)).id).toBe(model);
  });
});
