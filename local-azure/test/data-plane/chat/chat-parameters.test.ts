import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import type OpenAI from "openai";
import type { AccountRecord } from "../../../src/world/state";
import { startForTest, type TestService } from "../../../src/testing";
import { deploy } from "../deployments";
import { dated, v1 } from "../openai-clients";

let service: TestService;
let account: AccountRecord;

beforeAll(async () => {
  service = await startForTest();
  account = service.addAccount("parameters");
  deploy(service, account, "base", "gpt-4o-mini");
  deploy(service, account, "reasoning", "o4-mini");
});
afterAll(() => service.close());

type Params = Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>;
const question = "Which weather is it in Berlin for 12 hours?";
const ask = (more: Params = {}) =>
  v1(service, account).chat.completions.create({
    model: "base",
    messages: [{ role: "user", content: question }],
    ...more,
  });

const weather = {
  type: "object",
  properties: {
    city: { type: "string" },
    hours: { type: "integer" },
    unit: { enum: ["celsius", "fahrenheit"] },
    days: { type: "array", items: { $ref: "#/$defs/day" } },
  },
  required: ["city", "hours", "unit", "days"],
  additionalProperties: false,
  $defs: {
    day: {
      type: "object",
      properties: { cold: { type: ["boolean", "null"] }, wind: { anyOf: [{ type: "number" }, { type: "null" }] } },
      required: ["cold", "wind"],
      additionalProperties: false,
    },
  },
};
const format = (schema: object, strict = true, name = "weather") =>
  ({ type: "json_schema", json_schema: { name, schema: schema as Record<string, unknown>, strict } }) as const;
const tool = (name = "get_weather", parameters: Record<string, unknown> = weather): OpenAI.ChatCompletionTool => ({
  type: "function",
  function: { name, description: "The weather of a city", parameters },
});

describe("JSON answers", () => {
  it("agree with the schema that was asked for", async () => {
    const { choices } = await ask({ response_format: format(weather) });
    const answer = JSON.parse(choices[0]!.message.content!) as object;
    expect(new Ajv({ allowUnionTypes: true }).validate(weather, answer)).toBe(true);
  });

  it("are an object in JSON mode, which the conversation must name", async () => {
    const messages = [{ role: "user", content: "Answer in JSON." }] as const;
    const { choices } = await ask({ response_format: { type: "json_object" }, messages: [...messages] });
    expect(JSON.parse(choices[0]!.message.content!)).toEqual({ answer: expect.any(String) as unknown });
    await expect(ask({ response_format: { type: "json_object" } })).rejects.toMatchObject({
      status: 400,
      param: "messages",
      message: expect.stringContaining("must contain the word 'json'") as unknown,
    });
  });

  it.each<[string, Params["response_format"], string]>([
    ["an open object", format({ ...weather, additionalProperties: true }), "In context=(), 'additionalProperties' is"],
    ["a property that may be missing", format({ ...weather, required: ["city"] }), "Missing 'hours'"],
    [
      "an open object inside",
      format({ ...weather, properties: { ...weather.properties, city: { type: "object", properties: {} } } }),
      "In context=('properties', 'city'), 'additionalProperties'",
    ],
    ["an array at the top", format({ type: "array", items: {} }), `got 'type: "array"'`],
    ["a name with spaces", format(weather, true, "the weather"), "json_schema.name"],
    ["an unknown kind", { type: "xml" } as never, "Supported values are: 'json_object', 'json_schema', and 'text'"],
  ])("%s is refused", async (_, response_format, message) => {
    await expect(ask({ response_format })).rejects.toMatchObject({
      status: 400,
      type: "invalid_request_error",
      message: expect.stringContaining(message) as unknown,
    });
  });

  it("a schema that is not strict may leave things open", async () => {
    const { choices } = await ask({ response_format: format({ ...weather, required: [] }, false) });
    expect(JSON.parse(choices[0]!.message.content!)).toHaveProperty("city");
  });
});

describe("tools", () => {
  it("are called where the question speaks of them, with arguments of their schema; their results are answered", async () => {
    const { choices, usage } = await ask({ tools: [tool("add"), tool()] });
    const [choice] = choices;
    expect(choice).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
    const [call] = choice!.message.tool_calls!;
    if (call?.type !== "function") throw new Error("no function call");
    expect(call.id).toMatch(/^call_\w{24}$/);
    const given = JSON.parse(call.function.arguments) as object;
    expect(new Ajv({ allowUnionTypes: true }).validate(weather, given)).toBe(true);
    expect(given).toMatchObject({ city: question, hours: 12, unit: "celsius" });
    expect(usage!.completion_tokens).toBeGreaterThan(10);
    const result = { role: "tool", tool_call_id: call.id, content: "12 °C" } as const;
    const messages = [{ role: "user" as const, content: question }, choice!.message, result];
    const { choices: after } = await ask({ tools: [tool()], messages });
    expect(after[0]).toMatchObject({ finish_reason: "stop", message: { content: expect.any(String) as unknown } });
  });

  it.each<[string, Params, string | undefined]>([
    ["a question about something else", { messages: [{ role: "user", content: "Who are you?" }] }, undefined],
    ["tool_choice none", { tool_choice: "none" }, undefined],
    [
      "tool_choice required",
      { tool_choice: "required", messages: [{ role: "user", content: "Who are you?" }] },
      "get_weather",
    ],
    ["a tool by name", { tool_choice: { type: "function", function: { name: "other" } } }, "other"],
  ])("%s", async (_, more, called) => {
    const { choices } = await ask({ tools: [tool(), tool("other")], ...more });
    const calls = choices[0]!.message.tool_calls?.map((call) => (call.type === "function" ? call.function.name : ""));
    expect(calls?.[0]).toBe(called);
  });

  it.each(["dated", "v1"] as const)("stream a call in pieces, %s", async (flavour) => {
    const client = flavour === "dated" ? dated(service, account) : v1(service, account);
    const messages = [{ role: "user" as const, content: question }];
    const stream = await client.chat.completions.create({ model: "base", messages, tools: [tool()], stream: true });
    let given = "";
    const names: (string | undefined)[] = [];
    let reason: string | null | undefined;
    for await (const { choices } of stream) {
      const [piece] = choices[0]?.delta.tool_calls ?? [];
      if (piece?.id) names.push(piece.function?.name);
      given += piece?.function?.arguments ?? "";
      reason = choices[0]?.finish_reason ?? reason;
    }
    expect([names, reason]).toEqual([["get_weather"], "tool_calls"]);
    expect(JSON.parse(given)).toMatchObject({ hours: 12 });
  });

  const call = { id: "call_1", type: "function", function: { name: "get_weather", arguments: "{}" } } as const;
  const user = { role: "user", content: question } as const;
  const called = { role: "assistant", content: null, tool_calls: [call] } as const;
  it.each<[string, Params, string]>([
    ["a bad name", { tools: [tool("get weather")] }, "tools[0].function.name"],
    ["no object", { tools: [tool("get_weather", { type: "string" })] }, "Invalid schema for function 'get_weather'"],
    ["an empty list", { tools: [] }, "empty array"],
    ["a choice without tools", { tool_choice: "auto" }, "only allowed when 'tools' are specified"],
    [
      "a call without its result",
      { messages: [user, { ...called, tool_calls: [call] }, user] },
      "must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: call_1",
    ],
    [
      "a result without its call",
      { messages: [user, { role: "tool", tool_call_id: "call_2", content: "" }] },
      "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'",
    ],
  ])("%s is refused", async (_, more, message) => {
    await expect(ask(more)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(message) as unknown,
    });
  });
});

it.each<[param: string | null, more: object, code: string | null, message: string]>([
  ["temperature", { temperature: 3 }, "decimal_above_max_value", "Expected a value <= 2, but got 3 instead."],
  ["top_p", { top_p: "1" }, "invalid_type", "expected a decimal, but got a string instead."],
  ["presence_penalty", { presence_penalty: 2.1 }, "decimal_above_max_value", "Expected a value <= 2"],
  ["frequency_penalty", { frequency_penalty: -2.1 }, "decimal_below_min_value", "Expected a value >= -2"],
  ["n", { n: 0 }, "integer_below_min_value", "Expected a value >= 1"],
  ["n", { n: 1.5 }, "invalid_type", "expected an integer, but got a decimal instead."],
  ["stop", { stop: ["1", "2", "3", "4", "5"] }, null, "up to 4"],
  ["top_logprobs", { top_logprobs: 2 }, null, "only allowed when 'logprobs' is enabled"],
  ["top_logprobs", { logprobs: true, top_logprobs: 21 }, "integer_above_max_value", "Expected a value <= 20"],
  ["logprobs", { logprobs: 1 }, "invalid_type", "expected a boolean"],
  ["stream_options", { stream_options: { include_usage: true } }, null, "only allowed when 'stream' is enabled"],
  ["max_tokens", { max_tokens: 16_385 }, "invalid_value", "This model supports at most 16384 completion tokens"],
  ["max_tokens", { max_tokens: 5, max_completion_tokens: 5 }, "invalid_parameter_combination", "at the same time"],
  ["messages", { messages: [] }, "empty_array", "Invalid 'messages': empty array."],
  [null, { frobnicate: 1 }, null, "Unrecognized request argument supplied: frobnicate"],
  [null, { frob: 1, nicate: 2 }, null, "Unrecognized request arguments supplied: frob, nicate"],
])("%s: %j is refused in the inference API's form", async (param, more, code, message) => {
  await expect(ask(more)).rejects.toMatchObject({
    status: 400,
    type: "invalid_request_error",
    param,
    code,
    message: expect.stringContaining(message) as unknown,
  });
});

describe("older versions", () => {
  const asked = (version: string, more: Params) =>
    dated(service, account, version).chat.completions.create({
      model: "base",
      messages: [{ role: "user", content: question }],
      ...more,
    });

  it("know no schemas", async () => {
    await expect(asked("2024-03-01-preview", { response_format: format(weather) })).rejects.toMatchObject({
      status: 400,
      param: "response_format",
      message: expect.stringContaining("enabled only for api versions 2024-08-01-preview and later") as unknown,
    });
  });

  it("know no members that came later", async () => {
    await expect(asked("2024-06-01", { parallel_tool_calls: true, store: true })).rejects.toThrow(
      "Unrecognized request arguments supplied: parallel_tool_calls, store",
    );
    await expect(asked("2024-10-21", { reasoning_effort: "low" })).rejects.toThrow(
      "argument supplied: reasoning_effort",
    );
  });
});

describe("a reasoning model", () => {
  it.each<[string, Params, string]>([
    ["temperature", { temperature: 0.2 }, "unsupported_value"],
    ["top_p", { top_p: 0.5 }, "unsupported_value"],
    ["presence_penalty", { presence_penalty: 1 }, "unsupported_value"],
    ["frequency_penalty", { frequency_penalty: 1 }, "unsupported_value"],
    ["stop", { stop: ["."] }, "unsupported_parameter"],
    ["max_tokens", { max_tokens: 5 }, "unsupported_parameter"],
    ["reasoning_effort", { reasoning_effort: "minimal" }, "unsupported_value"],
  ])("refuses %s", async (param, more, code) => {
    await expect(ask({ model: "reasoning", ...more })).rejects.toMatchObject({ status: 400, param, code });
  });

  it("takes an effort, which another model doesn't know", async () => {
    expect((await ask({ model: "reasoning", reasoning_effort: "low" })).choices).toHaveLength(1);
    await expect(ask({ model: "base", reasoning_effort: "low" })).rejects.toThrow(
      "Unrecognized request argument supplied: reasoning_effort",
    );
  });

  it("takes what has its default, and the rest", async () => {
    const { choices } = await ask({
      model: "reasoning",
      temperature: 1,
      max_completion_tokens: 50,
      response_format: format(weather),
    });
    expect(choices).toHaveLength(1);
  });
});

describe("the content filter", () => {
  const marked = (mark: string): Params => ({ messages: [{ role: "user", content: `${question} ${mark}` }] });

  it.each(["dated", "v1"] as const)("refuses a prompt that is marked so, in the form of %s", async (flavour) => {
    const client = flavour === "dated" ? dated(service, account) : v1(service, account);
    const asked = client.chat.completions.create({
      model: "base",
      messages: [{ role: "user", content: "[content-filter prompt violence=high]" }],
    });
    const inner = flavour === "dated" ? "innererror" : "inner_error";
    const results = flavour === "dated" ? "content_filter_result" : "content_filter_results";
    await expect(asked).rejects.toMatchObject({
      status: 400,
      code: "content_filter",
      param: "prompt",
      error: {
        [inner]: {
          code: "ResponsibleAIPolicyViolation",
          [results]: {
            violence: { filtered: true, severity: "high" },
            hate: { filtered: false, severity: "safe" },
            jailbreak: { filtered: false, detected: false },
          },
        },
      },
    });
  });

  it("annotates what is low, and lets it pass", async () => {
    const completion = (await ask(marked("[content-filter prompt hate=low]"))) as unknown as Record<string, unknown>;
    expect(completion).toMatchObject({
      prompt_filter_results: [{ content_filter_results: { hate: { filtered: false, severity: "low" } } }],
      choices: [{ finish_reason: "stop", content_filter_results: { hate: { severity: "safe" } } }],
    });
  });

  it("ends an answer: half of it where it streams, none where it doesn't", async () => {
    const mark = marked("[content-filter answer sexual=medium]");
    const whole = await ask(mark);
    expect(whole.choices[0]).toMatchObject({
      finish_reason: "content_filter",
      message: { content: "" },
      content_filter_results: { sexual: { filtered: true, severity: "medium" } },
    });
    const messages = mark.messages!;
    const stream = await v1(service, account).chat.completions.create({ model: "base", messages, stream: true });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toMatch(/^This is a rehearsal/);
    expect(chunks.at(-1)!.choices[0]).toMatchObject({
      finish_reason: "content_filter",
      content_filter_results: { sexual: { filtered: true } },
    });
    expect(chunks[0]).toMatchObject({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] });
  });
});
