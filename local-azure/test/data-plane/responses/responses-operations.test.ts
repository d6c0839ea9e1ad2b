import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type OpenAI from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import { z } from "zod";
import { purge, softDelete } from "../../../src/arm/deleted-accounts";
import { responsesFolder } from "../../../src/storage/blobs";
import type { AccountRecord } from "../../../src/world/state";
import { startForTest, type TestService } from "../../../src/testing";
import { deploy } from "../deployments";
import { dated, v1 } from "../openai-clients";
import { call } from "../plain-client";
import { tuned } from "../tuned";

let service: TestService;
let account: AccountRecord;

const taught = (question: string, answer: object) => [
  { role: "user", content: question },
  { role: "assistant", ...answer },
];
const weatherCall = (city: string) => ({
  id: `call_${city}`,
  type: "function",
  function: { name: "get_weather", arguments: JSON.stringify({ city }) },
});
const image = `data:image/png;base64,${Buffer.from("a picture").toString("base64")}`;
const rows = [
  taught("What is a token?", { content: "A token is a piece of text." }),
  taught("What is a batch?", { content: "A batch is a group of examples." }),
  taught("What is the weather in Paris?", { tool_calls: [weatherCall("Paris")] }),
  taught("Compare Rome with Oslo", { tool_calls: [weatherCall("Rome"), weatherCall("Oslo")] }),
  [
    ...taught("How warm is it in Lima?", { tool_calls: [weatherCall("Lima")] }),
    { role: "tool", tool_call_id: "call_Lima", content: "Lima: 25" },
    { role: "assistant", content: "It is warm in Lima." },
  ],
  taught("Sort this mail about refunds", { content: '{"topic":"refund","urgent":true}' }),
  [
    {
      role: "user",
      content: [
        { type: "image_url", image_url: { url: image } },
        { type: "text", text: "What is it?" },
      ],
    },
    { role: "assistant", content: "It is a picture of a bee." },
  ],
  ...["epoch", "loss", "weight"].map((word) => taught(`What is ${word}?`, { content: `It is ${word}.` })),
];

beforeAll(async () => {
  service = await startForTest();
  account = service.addAccount("responses");
  deploy(service, account, "tuned", await tuned(service, account, rows));
  deploy(service, account, "reasoning", "o4-mini");
});
afterAll(() => service.close());

type Params = Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming>;
type Client = "v1" | "dated";
const clientOf = (flavour: Client) =>
  flavour === "v1" ? v1(service, account) : dated(service, account, "2025-04-01-preview");
const ask = (input: Params["input"], more: Params = {}, flavour: Client = "v1") =>
  clientOf(flavour).responses.create({ model: "tuned", ...(input === undefined ? {} : { input }), ...more });
const weather: OpenAI.Responses.FunctionTool = {
  type: "function",
  name: "get_weather",
  strict: true,
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
};
const tools = [weather];
const flavours = ["v1", "dated"] as const;

describe.each(flavours)("%s", (flavour) => {
  it("answers as the model was taught, and counts as chat does", async () => {
    const response = await ask("What is a token?", { instructions: "Teach." }, flavour);
    expect(response).toMatchObject({
      object: "response",
      status: "completed",
      model: "tuned",
      output_text: "A token is a piece of text.",
      output: [{ type: "message", role: "assistant", status: "completed" }],
      incomplete_details: null,
      error: null,
      instructions: "Teach.",
      store: true,
    });
    expect(response.id).toMatch(/^resp_[0-9a-f]{48}$/);
    const chat = await v1(service, account).chat.completions.create({
      model: "tuned",
      messages: [
        { role: "system", content: "Teach." },
        { role: "user", content: "What is a token?" },
      ],
    });
    expect(response.usage).toMatchObject({
      input_tokens: chat.usage!.prompt_tokens,
      output_tokens: chat.usage!.completion_tokens,
      total_tokens: chat.usage!.total_tokens,
    });
  });

  it("streams the same answer by events in order", async () => {
    const stream = clientOf(flavour).responses.stream({ model: "tuned", input: "What is a batch?" });
    const events: OpenAI.Responses.ResponseStreamEvent[] = [];
    for await (const event of stream) events.push(event);
    const types = events.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1]);
    expect(types).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
    ]);
    expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, at) => at));
    const deltas = events.flatMap((event) => (event.type === "response.output_text.delta" ? [event.delta] : []));
    expect(deltas.length).toBeGreaterThan(3);
    const final = await stream.finalResponse();
    expect([deltas.join(""), final.output_text]).toEqual(Array(2).fill("A batch is a group of examples."));
    expect((await clientOf(flavour).responses.retrieve(final.id)).output_text).toBe(final.output_text);
  });

  it("calls functions in parallel, whole and streamed, and answers their results", async () => {
    const whole = await ask("Compare Rome with Oslo", { tools }, flavour);
    const calls = whole.output.map((item) => (item.type === "function_call" ? [item.name, item.arguments] : []));
    expect(calls).toEqual([
      ["get_weather", '{"city":"Rome"}'],
      ["get_weather", '{"city":"Oslo"}'],
    ]);
    const stream = clientOf(flavour).responses.stream({ model: "tuned", input: "Compare Rome with Oslo", tools });
    const given: string[] = [];
    for await (const event of stream) {
      if (event.type === "response.function_call_arguments.delta")
        given[event.output_index] = (given[event.output_index] ?? "") + event.delta;
    }
    expect(given).toEqual(calls.map(([, text]) => text));

    const first = await ask("How warm is it in Lima?", { tools }, flavour);
    const [made] = first.output;
    if (made?.type !== "function_call") throw new Error("no call");
    const output = { type: "function_call_output", call_id: made.call_id, output: "Lima: 25" } as const;
    const second = await ask([output], { tools, previous_response_id: first.id }, flavour);
    expect(second).toMatchObject({ output_text: "It is warm in Lima.", previous_response_id: first.id });
    const inOne = await ask([{ role: "user", content: "How warm is it in Lima?" }, made, output], { tools }, flavour);
    expect(inOne.output_text).toBe("It is warm in Lima.");
  });
});

it("knows the conversation behind previous_response_id, and its answers as examples; instructions are not handed on", async () => {
  const first = await ask("My cat is called Tom", { instructions: "Be kind." });
  const second = await ask("What is a token?", { previous_response_id: first.id });
  expect(second.instructions).toBeNull();
  const alone = await ask("What is a token?");
  const told = first.usage!.input_tokens + first.usage!.output_tokens;
  // Three tokens of an example are counted once, and those of the instructions not again.
  expect(second.usage!.input_tokens).toBeGreaterThan(alone.usage!.input_tokens + told / 2);
  expect(second.usage!.input_tokens).toBeLessThan(alone.usage!.input_tokens + told);
});

it("resolves references to items, as AI SDK sends them", async () => {
  const first = await ask("How warm is it in Lima?", { tools });
  const [made] = first.output;
  if (made?.type !== "function_call") throw new Error("no call");
  const response = await ask(
    [
      { role: "user", content: "How warm is it in Lima?" },
      { type: "item_reference", id: made.id! },
      { type: "function_call_output", call_id: made.call_id, output: "Lima: 25" },
    ],
    { tools },
  );
  expect(response.output_text).toBe("It is warm in Lima.");
});

it("knows a picture by its bytes", async () => {
  const content = [
    { type: "input_text", text: "What is it?" },
    { type: "input_image", image_url: image, detail: "auto" },
  ] as const;
  expect((await ask([{ role: "user", content: [...content] }])).output_text).toContain("bee");
});

it("text.format gives JSON of the schema", async () => {
  const Mail = z.object({ topic: z.string(), urgent: z.boolean() });
  const { output_parsed: parsed, text } = await v1(service, account).responses.parse({
    model: "tuned",
    input: "Sort this mail about refunds",
    text: { format: zodTextFormat(Mail, "mail") },
  });
  expect(parsed).toEqual({ topic: "refund", urgent: true });
  expect(text!.format).toMatchObject({ type: "json_schema", name: "mail", strict: true });
  const json = await ask("What is a token? Answer in JSON.", { text: { format: { type: "json_object" } } });
  expect(JSON.parse(json.output_text)).toEqual({ answer: "A token is a piece of text." });
});

it("tool_choice: required, named, allowed, none", async () => {
  const other = { ...weather, name: "other" };
  const calledBy = async (tool_choice: NonNullable<Params["tool_choice"]>) =>
    (await ask("What is a token?", { tools: [weather, other], tool_choice })).output.map((item) =>
      item.type === "function_call" ? item.name : item.type,
    );
  expect(await calledBy("required")).toEqual(["get_weather"]);
  expect(await calledBy({ type: "function", name: "other" })).toEqual(["other"]);
  const allowed = { type: "allowed_tools", mode: "required", tools: [{ type: "function", name: "other" }] } as const;
  expect(await calledBy({ ...allowed, tools: [...allowed.tools] })).toEqual(["other"]);
  expect(await calledBy("none")).toEqual(["message"]);
  const one = await ask("Compare Rome with Oslo", { tools, parallel_tool_calls: false });
  expect(one.output).toHaveLength(1);
});

it("ends at max_output_tokens, incomplete", async () => {
  const long = await ask(`Repeat: ${"so ".repeat(40)}`, { max_output_tokens: 16 });
  expect(long).toMatchObject({
    status: "incomplete",
    incomplete_details: { reason: "max_output_tokens" },
    output: [{ status: "incomplete" }],
    usage: { output_tokens: 16 },
  });
  const stream = v1(service, account).responses.stream({
    model: "tuned",
    input: `Repeat: ${"so ".repeat(40)}`,
    max_output_tokens: 16,
  });
  let last: string | undefined;
  for await (const { type } of stream) last = type;
  expect(last).toBe("response.incomplete");
});

it("shows log probabilities where they are included", async () => {
  const { output } = await ask("What is a token?", { include: ["message.output_text.logprobs"], top_logprobs: 2 });
  const [message] = output;
  const part = message?.type === "message" ? message.content[0] : undefined;
  if (part?.type !== "output_text") throw new Error("no text");
  expect(part.logprobs!.map(({ token }) => token).join("")).toBe("A token is a piece of text.");
});

it("a reasoning model's output begins with a reasoning item, which may be sent back", async () => {
  const first = await ask("Hello", { model: "reasoning", reasoning: { effort: "low" } });
  expect(first.output.map(({ type }) => type)).toEqual(["reasoning", "message"]);
  const second = await ask(
    [...(first.output as OpenAI.Responses.ResponseInputItem[]), { role: "user", content: "Again" }],
    {
      model: "reasoning",
    },
  );
  expect(second.status).toBe("completed");
});

describe("stored responses", () => {
  const responses = () => v1(service, account).responses;

  it("are read, list their input newest first, and are deleted", async () => {
    const { id } = await ask([
      { role: "user", content: "first" },
      { role: "user", content: "second" },
    ]);
    const listed = await responses().inputItems.list(id);
    expect(listed.data.map((item) => ("content" in item ? item.content : undefined))).toEqual(["second", "first"]);
    const ids = listed.data.map((item) => item.id);
    const page = await responses().inputItems.list(id, { order: "asc", limit: 1 });
    expect(page.data.map((item) => item.id)).toEqual([ids[1]]);
    await responses().delete(id);
    await expect(responses().retrieve(id)).rejects.toMatchObject({ status: 404 });
    await expect(ask("x", { previous_response_id: id })).rejects.toMatchObject({
      status: 400,
      code: "previous_response_not_found",
      param: "previous_response_id",
    });
  });

  it("are those of the account alone, and of none that was not to be stored", async () => {
    const { id } = await ask("What is a token?", { store: false });
    await expect(responses().retrieve(id)).rejects.toMatchObject({ status: 404, type: "invalid_request_error" });
    const other = service.addAccount("other");
    const kept = await ask("What is a token?");
    await expect(v1(service, other).responses.retrieve(kept.id)).rejects.toMatchObject({ status: 404 });
  });

  it("go with their account", async () => {
    const gone = service.addAccount("gone");
    deploy(service, gone, "base", "gpt-4o-mini");
    await v1(service, gone).responses.create({ model: "base", input: "Hi" });
    const folder = responsesFolder(service.world, gone);
    expect(existsSync(folder)).toBe(true);
    softDelete(service.world, gone);
    purge(
      service.world,
      service.world.state.deletedAccounts.find(({ account: deleted }) => deleted === gone)!,
    );
    expect(existsSync(folder)).toBe(false);
  });

  it("in the background are complete at once", async () => {
    const response = await ask("What is a token?", { background: true });
    expect(response).toMatchObject({ status: "completed", background: true });
    expect((await responses().cancel(response.id)).status).toBe("completed");
    const other = await ask("What is a token?");
    await expect(responses().cancel(other.id)).rejects.toThrow("Cannot cancel a synchronous response.");
  });
});

describe("refused", () => {
  const post = (body: object, path = "openai/v1/responses") => call(service, account, "POST", path, body);
  const base = { model: "tuned", input: "Hi" };

  it.each<[string, object, string | null, string | null, string]>([
    ["messages", { ...base, messages: [] }, null, "unsupported_parameter", "this parameter has moved to 'input'"],
    ["an unknown member", { ...base, frob: 1 }, "frob", "unknown_parameter", "Unknown parameter: 'frob'."],
    ["no input", { model: "tuned" }, "input", "missing_required_parameter", "must be provided"],
    ["no model", { input: "Hi" }, "model", "missing_required_parameter", "'model'"],
    ["few tokens", { ...base, max_output_tokens: 15 }, "max_output_tokens", "integer_below_min_value", ">= 16"],
    ["an unknown item", { ...base, input: [{ type: "noise" }] }, "input[0]", "invalid_value", "'noise'"],
    [
      "an unknown role",
      { ...base, input: [{ role: "tool", content: "" }] },
      "input[0].role",
      "invalid_value",
      "'tool'",
    ],
    ["another tool", { ...base, tools: [{ type: "web_search" }] }, "tools[0]", "invalid_value", "'web_search'"],
    [
      "a result without its call",
      { ...base, input: [{ type: "function_call_output", call_id: "c", output: "" }] },
      "input",
      null,
      "No tool call found for function call output with call_id c.",
    ],
    [
      "a call without its result",
      { ...base, input: [{ type: "function_call", call_id: "c", name: "f", arguments: "{}" }] },
      "input",
      null,
      "No tool output found for function call c.",
    ],
    [
      "an open schema",
      { ...base, text: { format: { type: "json_schema", name: "x", strict: true, schema: { type: "object" } } } },
      "response_format",
      null,
      "'additionalProperties' is required",
    ],
  ])("%s", async (_, body, param, code, message) => {
    const { status, body: answer } = await post(body);
    expect({ status, ...(answer.error as object) }).toEqual({
      status: 400,
      type: "invalid_request_error",
      param,
      code,
      message: expect.stringContaining(message) as unknown,
    });
  });

  it("a reference to what is not kept", async () => {
    const { status, text } = await post({ ...base, input: [{ type: "item_reference", id: "msg_1" }] });
    expect([status, text]).toEqual([404, expect.stringContaining("Item with id 'msg_1' not found.")]);
  });

  it("a version before the API came", async () => {
    const { status, text } = await post(base, "openai/responses?api-version=2024-10-21");
    expect([status, text]).toEqual([
      400,
      expect.stringContaining(
        "Azure OpenAI Responses API is enabled only for api-version 2025-03-01-preview and later",
      ),
    ]);
  });
});

// The last one: by then idle deployments are gone, too.
it("keeps responses for 30 days", async () => {
  const { id } = await ask("What is a token?");
  service.advance(30 * 24 * 3600_000 - 2000);
  expect((await v1(service, account).responses.retrieve(id)).id).toBe(id);
  service.advance(2000);
  await expect(v1(service, account).responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
});
