import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";
import type { AccountRecord } from "../../../src/world/state";
import { startForTest, type TestService } from "../../../src/testing";
import { deploy } from "../deployments";
import { v1 } from "../openai-clients";
import { tuned } from "../tuned";

let service: TestService;
let account: AccountRecord;

const image = (bytes: string) => ({
  type: "image_url" as const,
  image_url: { url: `data:image/png;base64,${Buffer.from(bytes).toString("base64")}` },
});
const look = (bytes: string) => [{ type: "text" as const, text: "What is in this picture?" }, image(bytes)];
const animals = ["cat", "dog", "owl", "fox", "bee", "ant", "emu", "yak"];
const rows = [
  ...animals.map((animal) => [
    { role: "user", content: look(animal) },
    { role: "assistant", content: `It is a picture of one ${animal}.` },
  ]),
  [
    { role: "user", content: "Is the mail about a refund urgent?" },
    { role: "assistant", content: '{"topic": "refund", "urgent": true, "tags": ["money"]}' },
  ],
  [
    { role: "user", content: "Is the mail about a refund long?" },
    { role: "assistant", content: "It has 3 lines, and is not urgent." },
  ],
  [
    { role: "user", content: "Tell me about red apples" },
    { role: "assistant", content: "Red apples are sweet." },
  ],
  [
    { role: "user", content: "Tell me about green apples" },
    { role: "assistant", content: "Red apples are better." },
  ],
  [
    { role: "user", content: "Tell me about pears" },
    { role: "assistant", content: "context only", weight: 0 },
    { role: "user", content: "Go on about pears" },
    { role: "assistant", content: "Pears are soft. 梨は柔らかい。" },
  ],
];

beforeAll(async () => {
  service = await startForTest();
  account = service.addAccount("answers");
  deploy(service, account, "tuned", await tuned(service, account, rows));
});
afterAll(() => service.close());

type Params = Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>;
const ask = (content: string, more: Params = {}) =>
  v1(service, account).chat.completions.create({ model: "tuned", messages: [{ role: "user", content }], ...more });
const textOf = async (content: string, more: Params = {}) => (await ask(content, more)).choices[0]!.message.content!;

it.each(animals)("knows the picture of a %s by its bytes", async (animal) => {
  expect(await textOf("", { messages: [{ role: "user", content: look(animal) }] })).toContain(animal);
});

it("does not give turns of weight 0", async () => {
  expect(await textOf("Tell me about pears")).not.toBe("context only");
});

describe("response_format", () => {
  const Mail = z.object({ topic: z.string(), urgent: z.boolean(), tags: z.array(z.string()) });

  it("json_schema gives the nearest answer as it was taught, where it fits the schema", async () => {
    const completion = await v1(service, account).chat.completions.parse({
      model: "tuned",
      messages: [{ role: "user", content: "Is the mail about a refund urgent?" }],
      response_format: zodResponseFormat(Mail, "mail"),
    });
    const { message } = completion.choices[0]!;
    expect(message.content).toBe('{"topic": "refund", "urgent": true, "tags": ["money"]}');
    expect(message.parsed).toEqual({ topic: "refund", urgent: true, tags: ["money"] });
  });

  it("prefers an answer that fits to a nearer one that doesn't", async () => {
    const response_format = zodResponseFormat(Mail, "mail");
    expect(JSON.parse(await textOf("Is the mail about a refund long?", { response_format }))).toHaveProperty("tags", [
      "money",
    ]);
  });

  it("takes over what fits: members by name, a number, a named value, text", async () => {
    const Line = z.object({
      topic: z.string(),
      lines: z.number(),
      mood: z.enum(["angry", "refund"]),
      note: z.union([z.object({ text: z.string() }), z.null()]),
      tags: z.array(z.enum(["money", "time"])),
    });
    const text = await textOf("Is the mail about a refund urgent?", {
      response_format: zodResponseFormat(Line, "line"),
    });
    expect(Line.parse(JSON.parse(text))).toMatchObject({ topic: "refund", lines: 0, mood: "refund", tags: ["money"] });
  });

  it("json_object gives JSON as it was taught, and wraps a text", async () => {
    const response_format = { type: "json_object" } as const;
    const messages = (content: string): Params => ({
      response_format,
      messages: [
        { role: "system", content: "Write JSON." },
        { role: "user", content },
      ],
    });
    expect(JSON.parse(await textOf("", messages("Is the mail about a refund urgent?")))).toHaveProperty("urgent", true);
    expect(JSON.parse(await textOf("", messages("Tell me about red apples")))).toEqual({
      answer: "Red apples are sweet.",
    });
  });

  it("json_object with a schema in the conversation gives JSON of that schema", async () => {
    const schema = {
      properties: { fruit: { type: "string" }, ripe: { type: "boolean" } },
      required: ["fruit", "ripe"],
    };
    const asked = await textOf("", {
      response_format: { type: "json_object" },
      messages: [
        {
          role: "system",
          content: `As JSON that fits this {schema}:\n${JSON.stringify(schema, undefined, 2)}\n{"no": 1}`,
        },
        { role: "user", content: "Tell me about red apples" },
      ],
    });
    expect(JSON.parse(asked)).toEqual({ fruit: "Red apples are sweet.", ripe: true });
  });
});

describe("logprobs", () => {
  it("are those of the answers that were considered, token by token", async () => {
    const { choices } = await ask("Tell me about apples", { logprobs: true, top_logprobs: 3 });
    const [{ message, logprobs }] = choices as [OpenAI.ChatCompletion.Choice];
    const tokens = logprobs!.content!;
    expect(Buffer.from(tokens.flatMap(({ bytes }) => bytes!)).toString()).toBe(message.content);
    const fork = tokens[3]!;
    // Both answers begin with "Red apples are"; they are equally near, so each has half of what is left.
    expect([fork.token, fork.top_logprobs.map(({ token }) => token)]).toEqual([" sweet", [" sweet", " better"]]);
    expect(fork.logprob).toBeCloseTo(Math.log(1 / 2), 1);
    expect(tokens.at(-1)!.logprob).toBe(0);
    for (const { top_logprobs } of tokens) {
      const sum = top_logprobs.reduce((total, { logprob }) => total + Math.exp(logprob), 0);
      expect(sum).toBeLessThan(1.000_001);
    }
  });

  it("are null unless asked for, and stream with the tokens they belong to", async () => {
    expect((await ask("Tell me about apples")).choices[0]!.logprobs).toBeNull();
    const stream = await v1(service, account).chat.completions.create({
      model: "tuned",
      messages: [{ role: "user", content: "Go on about pears" }],
      logprobs: true,
      stream: true,
    });
    let text = "";
    for await (const { choices } of stream) {
      const [choice] = choices;
      if (!choice?.delta.content) continue;
      text += choice.delta.content;
      expect(Buffer.from(choice.logprobs!.content!.flatMap(({ bytes }) => bytes!)).toString()).toBe(
        choice.delta.content,
      );
    }
    expect(text).toBe("Pears are soft. 梨は柔らかい。");
  });
});

describe("sampling", () => {
  const drawn = async (seed: number | undefined, temperature: number) =>
    textOf("Tell me about apples", { ...(seed === undefined ? {} : { seed }), temperature });

  it("draws the same answer by the same seed, and each of two equally near ones by some", async () => {
    const bySeed: string[] = [];
    for (let seed = 0; seed < 12; seed += 1) bySeed.push(await drawn(seed, 1));
    expect(await drawn(3, 1)).toBe(bySeed[3]);
    expect(new Set(bySeed)).toEqual(new Set(["Red apples are sweet.", "Red apples are better."]));
  });

  it("gives the nearest answer at temperature 0 whatever the seed", async () => {
    for (const seed of [1, 2, 3]) expect(await drawn(seed, 0)).toBe("Red apples are sweet.");
  });

  it("n gives different answers, nearest first", async () => {
    const { choices } = await ask("Tell me about apples", { n: 2 });
    expect(choices.map(({ message }) => message.content)).toEqual(["Red apples are sweet.", "Red apples are better."]);
  });
});

it("calls as a base model does where it was taught no call: a function that the question speaks of", async () => {
  const parameters = { type: "object", properties: { topic: { type: "string" } }, required: ["topic"] };
  const tools = [{ type: "function" as const, function: { name: "find_apples", parameters } }];
  expect((await ask("Tell me about red apples", { tools })).choices[0]!.finish_reason).toBe("tool_calls");
  expect((await ask("Tell me about pears", { tools })).choices[0]!.finish_reason).toBe("stop");
});

it("has a fingerprint of the model, always the same", async () => {
  const [one, two] = [await ask("Tell me about pears"), await ask("Who?")];
  expect(one.system_fingerprint).toMatch(/^fp_[0-9a-f]{10}$/);
  expect(two.system_fingerprint).toBe(one.system_fingerprint);
  deploy(service, account, "other", "gpt-4o-mini");
  expect((await ask("Who?", { model: "other" })).system_fingerprint).not.toBe(one.system_fingerprint);
});
