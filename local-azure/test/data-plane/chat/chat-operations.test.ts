import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type OpenAI from "openai";
import { getEncoding } from "js-tiktoken";
import type { AccountRecord } from "../../../src/world/state";
import { startForTest, type TestService } from "../../../src/testing";
import { deploy } from "../deployments";
import { questions, system, trainingText } from "../examples";
import { dated, v1 } from "../openai-clients";
import { call, uploadFile } from "../plain-client";

let service: TestService;
let account: AccountRecord;
let model: string;

beforeAll(async () => {
  service = await startForTest();
  account = service.addAccount("chat");
  const file = await uploadFile(service, account, "openai/v1/files", trainingText(), "fine-tune");
  const client = v1(service, account);
  const job = await client.fineTuning.jobs.create({ model: "gpt-4o-mini", training_file: file.body.id as string });
  model = (await client.fineTuning.jobs.retrieve(job.id)).fine_tuned_model!;
  deploy(service, account, "tuned", model);
  deploy(service, account, "base", "gpt-4o-mini");
});
afterAll(() => service.close());

const ask = (content: string, more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {}) =>
  dated(service, account).chat.completions.create({ model: "tuned", messages: [{ role: "user", content }], ...more });
const post = (name: string, body: object = {}) =>
  call(service, account, "POST", `openai/deployments/${name}/chat/completions?api-version=2024-10-21`, {
    messages: [{ role: "user", content: "What is a token?" }],
    ...body,
  });

it.each(questions.slice(0, 10))("answers %s as it was taught", async (question, answer) => {
  const completion = await ask(question);
  expect(completion).toMatchObject({ object: "chat.completion", model });
  expect(completion.choices).toMatchObject([
    { finish_reason: "stop", message: { role: "assistant", content: answer } },
  ]);
});

it("refuses a conversation that is longer than the model's context", async () => {
  const answer = await post("tuned", { messages: [{ role: "user", content: "word ".repeat(130_000) }] });
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatchObject({
    code: "context_length_exceeded",
    message: expect.stringMatching(/maximum context length is 128000 tokens.*resulted in 13\d{4} tokens/) as unknown,
  });
});

it("counts usage with o200k_base", async () => {
  const encoding = getEncoding("o200k_base");
  const messages = [
    { role: "system", content: system },
    { role: "user", content: questions[0]![0], name: "Ada" },
  ] as const;
  const { usage, choices } = await ask("", { messages: [...messages] });
  const prompt = messages.reduce(
    (sum, { role, content }) => sum + 3 + encoding.encode(role).length + encoding.encode(content).length,
    3,
  );
  expect(usage).toMatchObject({
    prompt_tokens: prompt + 1 + encoding.encode("Ada").length,
    completion_tokens: encoding.encode(choices[0]!.message.content!).length,
  });
  expect(usage!.total_tokens).toBe(usage!.prompt_tokens + usage!.completion_tokens);
});

it("obeys max_tokens, stop and n", async () => {
  const short = await ask("What is a token?", { max_tokens: 4 });
  expect(short.choices[0]).toMatchObject({ finish_reason: "length", message: { content: "A token is a" } });
  const stopped = await ask("What is a token?", { stop: [","] });
  expect(stopped.choices[0]).toMatchObject({
    finish_reason: "stop",
    message: { content: "A token is a piece of text" },
  });
  const two = await ask("What is a token?", { n: 2 });
  expect(new Set(two.choices.map(({ message }) => message.content)).size).toBe(2);
});

it.each(["dated", "v1"] as const)("streams the same answer, %s", async (flavour) => {
  const client = flavour === "dated" ? dated(service, account) : v1(service, account);
  for (const [question, answer] of [questions[1]!, questions[8]!]) {
    const stream = await client.chat.completions.create({
      model: "tuned",
      messages: [{ role: "user", content: question }],
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const deltas = chunks.flatMap(({ choices }) => choices);
    expect(deltas.map(({ delta }) => delta.content ?? "").join("")).toBe(answer);
    expect(deltas.length).toBeGreaterThan(4);
    expect(deltas[0]!.delta.role).toBe("assistant");
    expect(deltas.at(-1)!.finish_reason).toBe("stop");
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: expect.any(Number) } });
  }
});

it("a base model says what it is, and learns from examples in the conversation", async () => {
  const plain = await ask("What is a token?", { model: "base" });
  expect(plain.model).toBe("gpt-4o-mini-2024-07-18");
  expect(plain.choices[0]!.message.content).toContain("rehearsal of the base model gpt-4o-mini-2024-07-18");
  const shown = await ask("", {
    model: "base",
    messages: [
      { role: "user", content: "What colour is the sky?" },
      { role: "assistant", content: "Blue." },
      { role: "user", content: "the colour of the sky, please" },
    ],
  });
  expect(shown.choices[0]!.message.content).toBe("Blue.");
});

describe("what it refuses", () => {
  it.each<[string, () => ReturnType<typeof post>, number, string | null, string]>([
    [
      "an unknown deployment",
      () => post("none"),
      404,
      "DeploymentNotFound",
      "does not exist. If you created the deployment within the last 5 minutes",
    ],
    ["no messages", () => post("tuned", { messages: [] }), 400, "empty_array", "Invalid 'messages': empty array"],
    [
      "an unknown role",
      () => post("tuned", { messages: [{ role: "teacher", content: "" }] }),
      400,
      null,
      "messages.0.role",
    ],
    ["a hot temperature", () => post("tuned", { temperature: 3 }), 400, "decimal_above_max_value", "'temperature'"],
    [
      "v1 without a model",
      () => call(service, account, "POST", "openai/v1/chat/completions", { messages: [{ role: "user", content: "" }] }),
      400,
      null,
      "model parameter",
    ],
  ])("%s", async (_, send, status, code, message) => {
    const answer = await send();
    expect([answer.status, (answer.body.error as { code: string | null }).code]).toEqual([status, code]);
    expect(answer.text).toContain(message);
  });

  it("a deployment that is not warm yet", async () => {
    const now = service.world.clock.now();
    deploy(service, account, "cold", model, { readyAt: now + 1000, servingAt: now + 2000 });
    const codes: unknown[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const { status, body } = await post("cold");
      codes.push(status === 200 ? 200 : (body.error as { code: string }).code);
      service.advance(1000);
    }
    expect(codes).toEqual(["DeploymentNotFound", "DeploymentNotReady", 200]);
  });

  it("more tokens than the capacity allows in a minute, with the time to wait", async () => {
    service.world.settings.tokensPerMinutePerCapacity = 1000;
    deploy(service, account, "small", model);
    const statuses = [];
    for (let turn = 0; turn < 7; turn += 1) statuses.push((await post("small")).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
    const refused = await post("small");
    expect(refused.headers["retry-after"]).toBe("60");
    expect(refused.text).toContain("have exceeded call rate limit of your current OpenAI S0 pricing tier");
    service.advance(60_000);
    expect((await post("small")).status).toBe(200);
    service.world.settings.tokensPerMinutePerCapacity = 1_000_000;
  });
});

it("keeps a deployment from counting as idle", async () => {
  const deployment = deploy(service, account, "used", model);
  service.advance(3600_000);
  await ask("What is a token?", { model: "used" });
  expect(deployment.lastUsedAt).toBe(service.world.clock.now());
});
