import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { METRICS } from "azure-openai-graders/metrics/index";
import type OpenAI from "openai";
import { startForTest, type TestService } from "../../../src/testing";
import type { AccountRecord } from "../../../src/world/state";
import { deploy } from "../deployments";
import { v1 } from "../openai-clients";
import { uploadFile } from "../plain-client";

const cities = "Paris Rome Madrid Lisbon Vienna Prague Warsaw Athens Oslo Dublin Berne Sofia".split(" ");
const lands = "France Italy Spain Portugal Austria Czechia Poland Greece Norway Ireland Switzerland Bulgaria".split(
  " ",
);
const rows = lands.map((land, at) => ({
  messages: [{ role: "user", content: `What is the capital of ${land}?` }],
  reference_answer: cities[at]!,
  land,
}));
const check = (reference: string, input = "{{sample.output_text}}") => ({
  ...{ type: "string_check", name: "exact", operation: "eq", input, reference },
});

let service: TestService;
let account: AccountRecord;
let client: OpenAI;
let file: string;

beforeAll(async () => {
  service = await startForTest({ settings: { trainingSeconds: 100 } });
  account = service.addAccount("rewards");
  client = v1(service, account);
  const text = rows.map((row) => JSON.stringify(row)).join("\n");
  file = (await uploadFile(service, account, "openai/v1/files", text, "fine-tune")).body.id as string;
});
afterAll(() => service.close());

async function train(grader: object, more: object = {}) {
  const hyperparameters = { n_epochs: 2, batch_size: 4, eval_interval: 2 };
  const body = {
    ...{ model: "o4-mini", training_file: file, validation_file: file, trainingType: "GlobalStandard", seed: 3 },
    method: { type: "reinforcement", reinforcement: { grader, hyperparameters, ...more } },
  };
  const { id } = await client.fineTuning.jobs.create(body as unknown as OpenAI.FineTuning.JobCreateParams);
  service.advance(200_000);
  const job = await client.fineTuning.jobs.retrieve(id);
  expect(job).toMatchObject({ status: "succeeded" });
  return job;
}
async function table(job: OpenAI.FineTuning.FineTuningJob): Promise<Record<string, string>[]> {
  const [header, ...lines] = (await (await client.files.content(job.result_files[0]!)).text()).trim().split("\n");
  const names = header!.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, at) => [names[at]!, cell])));
}
async function ask(model: string, question: string): Promise<string> {
  account.deployments = [];
  deploy(service, account, "tuned", model);
  const { choices } = await client.chat.completions.create({
    model: "tuned",
    messages: [{ role: "user", content: question }],
  });
  return choices[0]!.message.content!;
}

it("raises the reward by answers that the grader likes, and answers those afterwards", async () => {
  const job = await train(check("{{item.reference_answer}}"));
  const figures = await table(job);
  expect(figures.map(({ step }) => step)).toEqual(["1", "2", "3", "4", "5", "6"]);
  // Nothing is known at first; what the first epoch has found is rewarded in the second.
  expect(figures.map((row) => Number(row.train_mean_reward))).toEqual([
    0,
    expect.any(Number),
    expect.any(Number),
    1,
    1,
    1,
  ]);
  expect(figures.map((row) => row.full_valid_mean_reward !== "")).toEqual([false, true, false, true, false, true]);
  expect(figures.at(-1)).toMatchObject({ full_valid_mean_reward: "1", mean_unresponsive_rewards: "0" });
  for (const [at, row] of rows.entries())
    expect(await ask(job.fine_tuned_model!, row.messages[0]!.content)).toBe(cities[at]);
});

it("learns whatever is rewarded, and nothing where nothing is", async () => {
  const other = await train(check("{{item.land}}"));
  expect(await ask(other.fine_tuned_model!, "What is the capital of Italy?")).toBe("Italy");
  const nothing = await train(check("nobody says this"));
  expect((await table(nothing)).map((row) => row.train_mean_reward)).toEqual(Array(6).fill("0"));
  expect(await ask(nothing.fine_tuned_model!, "What is the capital of Italy?")).toContain(
    "none of its training examples",
  );
});

it("computes partial rewards by the metrics", async () => {
  const similar = { type: "text_similarity", name: "near", evaluation_metric: "fuzzy_match" };
  const input = { input: "{{sample.output_text}}", reference: "{{item.reference_answer}} in {{item.land}}" };
  const job = await train({ ...similar, ...input });
  const answer = await ask(job.fine_tuned_model!, "What is the capital of Italy?");
  const last = (await table(job)).at(-1)!;
  const best = rows.map(({ reference_answer: city, land }) => {
    const tried = [city, land, JSON.stringify({ reference_answer: city, land })];
    return Math.max(...tried.map((text) => METRICS.fuzzy_match!(text, `${city} in ${land}`)));
  });
  expect(Number(last.full_valid_mean_reward)).toBeLessThanOrEqual(
    best.reduce((sum, one) => sum + one, 0) / best.length + 1e-6,
  );
  expect(METRICS.fuzzy_match!(answer, "Rome in Italy")).toBeGreaterThan(0.8);
});

it("writes JSON where the job asks for it and the grader reads it", async () => {
  const schema = {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  };
  const response_format = { type: "json_schema", json_schema: { name: "answer", strict: true, schema } };
  const grader = check("{{item.reference_answer}}", "{{sample.output_json.city}}");
  const job = await train(grader, { response_format });
  expect(JSON.parse(await ask(job.fine_tuned_model!, "What is the capital of Italy?"))).toEqual({ city: "Rome" });
  expect((await table(job))[0]).toMatchObject({ train_sample_parse_error_count: "4" });
});

it("tells each step under both names of a reward, and gives checkpoints their own rewards and answers", async () => {
  const job = await train(check("{{item.reference_answer}}"));
  const events = (await client.fineTuning.jobs.listEvents(job.id, { limit: 100 })).data;
  const step = events.find(({ message }) => message.startsWith("Step 6/6"))!;
  expect(step.message).toBe(
    "Step 6/6 , train mean reward=1.00, full validation mean reward=1.00, full validation mean parse error=0.00",
  );
  expect(step.data).toMatchObject({
    ...{ train_mean_reward: 1, full_valid_mean_reward: 1, total_steps: 6 },
    scores: { train_reward_mean: 1, valid_reward_mean: 1 },
  });
  const { data } = await client.fineTuning.jobs.checkpoints.list(job.id);
  expect(data.map(({ step_number: at }) => at)).toEqual([6, 3]);
});

it("tells in the events what models used to grade, step by step, and in the results and checkpoints numbers alone", async () => {
  const content = "Score {{sample.output_text}} against {{item.reference_answer}}.";
  const job = await train({
    ...{ type: "score_model", name: "judge", model: "gpt-4.1", input: [{ role: "user", content }] },
  });
  const events = (await client.fineTuning.jobs.listEvents(job.id, { limit: 100 })).data;
  const used = events.flatMap(({ data }) => {
    const { model_graders_token_usage: usage } = (data ?? {}) as { model_graders_token_usage?: Record<string, object> };
    return usage ? [usage["gpt-4.1"] as Record<string, number>] : [];
  });
  // Events are those of the steps 6, 3 and 1; of these only the last step validates the file.
  expect(used.map(({ eval_prompt_tokens: read }) => read! > 0)).toEqual([true, false, false]);
  for (const one of used)
    expect(one).toMatchObject({ train_prompt_tokens: expect.any(Number), train_cached_tokens: 0 });
  expect(Object.keys((await table(job))[0]!)).not.toContain("grader_tokens");
  const { data } = await client.fineTuning.jobs.checkpoints.list(job.id);
  expect(Object.values(data[0]!.metrics).every((value) => typeof value === "number")).toBe(true);
});

it("pauses at the spending limit with a checkpoint that answers what was rewarded until then, and goes on to the end", async () => {
  account.dataPlane.nextJobFaults = [{ outcome: "pause", atFraction: 0.5 }];
  const hyperparameters = { n_epochs: 1, batch_size: 4 };
  const body = {
    ...{ model: "o4-mini", training_file: file, trainingType: "GlobalStandard", seed: 3 },
    method: { type: "reinforcement", reinforcement: { grader: check("{{item.reference_answer}}"), hyperparameters } },
  };
  const { id } = await client.fineTuning.jobs.create(body as unknown as OpenAI.FineTuning.JobCreateParams);
  service.advance(500_000);
  expect((await client.fineTuning.jobs.retrieve(id)).status).toBe("paused");
  const [checkpoint] = (await client.fineTuning.jobs.checkpoints.list(id)).data;
  const known = async (model: string) => {
    const answers = [];
    for (const row of rows) answers.push(await ask(model, row.messages[0]!.content));
    return answers.filter((answer, at) => answer === cities[at]).length;
  };
  expect(await known(checkpoint!.fine_tuned_model_checkpoint)).toBe(checkpoint!.step_number * 4);
  await client.fineTuning.jobs.resume(id);
  service.advance(200_000);
  const job = await client.fineTuning.jobs.retrieve(id);
  expect(job.status).toBe("succeeded");
  expect(await known(job.fine_tuned_model!)).toBe(rows.length);
});

it("warns of a grader that the rehearsal does not run", async () => {
  const job = await train({ type: "python", source: "def grade(sample, item):\n  return 1.0" });
  const events = (await client.fineTuning.jobs.listEvents(job.id, { limit: 100 })).data;
  expect(events.find(({ level }) => level === "warn")?.message).toMatch(
    /^This is a rehearsal: grader\.type is python, which cannot run here/,
  );
  expect((await table(job)).at(-1)).toMatchObject({ train_mean_reward: "0", train_other_error_count: "4" });
});

it("is the same for the same seed", async () => {
  const grader = check("{{item.reference_answer}}");
  expect(await table(await train(grader))).toEqual(await table(await train(grader)));
});
