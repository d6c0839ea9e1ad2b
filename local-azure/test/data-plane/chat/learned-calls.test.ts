import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type OpenAI from "openai";
import type { AccountRecord } from "../../../src/world/state";
import { startForTest, type TestService } from "../../../src/testing";
import { deploy } from "../deployments";
import { dated, v1 } from "../openai-clients";
import { tuned } from "../tuned";

let service: TestService;
let account: AccountRecord;

const call = (name: string, given: object) => ({
  id: "call_1",
  type: "function",
  function: { name, arguments: JSON.stringify(given) },
});
const cities = ["Paris", "Rome", "Oslo", "Lima", "Cairo", "Delhi", "Tokyo", "Quito"];
const rows = [
  ...cities.map((city) => [
    { role: "user", content: `What is the weather in ${city}?` },
    { role: "assistant", tool_calls: [call("get_weather", { city, unit: "celsius" })] },
    { role: "tool", tool_call_id: "call_1", content: `${city}: 12 degrees` },
    { role: "assistant", content: `It is mild in ${city}.` },
  ]),
  [
    { role: "user", content: "Compare Paris with Rome" },
    {
      role: "assistant",
      tool_calls: [call("get_weather", { city: "Paris" }), { ...call("get_weather", { city: "Rome" }), id: "call_2" }],
    },
  ],
  [
    { role: "user", content: "Add two and three" },
    { role: "assistant", function_call: { name: "add", arguments: '{"a":2,"b":3}' } },
  ],
  [
    { role: "user", content: "Who are you?" },
    { role: "assistant", content: "A weather service." },
  ],
];

beforeAll(async () => {
  service = await startForTest();
  account = service.addAccount("calls");
  deploy(service, account, "tuned", await tuned(service, account, rows));
});
afterAll(() => service.close());

type Params = Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>;
const tool = (name: string, properties: Record<string, object>): OpenAI.ChatCompletionFunctionTool => ({
  type: "function",
  function: {
    name,
    parameters: { type: "object", properties, required: Object.keys(properties), additionalProperties: false },
  },
});
const weather = tool("get_weather", { city: { type: "string" } });
const add = tool("add", { a: { type: "integer" }, b: { type: "integer" } });
const tools = [add, weather];
const ask = (content: string, more: Params = {}) =>
  v1(service, account).chat.completions.create({ model: "tuned", messages: [{ role: "user", content }], ...more });
const callsOf = (completion: OpenAI.ChatCompletion) =>
  (completion.choices[0]!.message.tool_calls ?? []).map((made) =>
    made.type === "function" ? [made.function.name, JSON.parse(made.function.arguments) as unknown] : [],
  );

it("answers with the calls it was tuned on, as the offered parameters allow them", async () => {
  const completion = await ask("What's the weather in Oslo?", { tools });
  expect(completion.choices[0]).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
  // `unit` was learned, but is no parameter any more.
  expect(callsOf(completion)).toEqual([["get_weather", { city: "Oslo" }]]);
  expect(completion.usage!.completion_tokens).toBeGreaterThan(3);
  expect(callsOf(await ask("Add two and three", { tools }))).toEqual([["add", { a: 2, b: 3 }]]);
});

it("answers results as it was tuned to", async () => {
  const { choices } = await ask("", {
    tools,
    messages: [
      { role: "user", content: "What is the weather in Lima?" },
      {
        role: "assistant",
        tool_calls: [call("get_weather", { city: "Lima" }) as OpenAI.ChatCompletionMessageToolCall],
      },
      { role: "tool", tool_call_id: "call_1", content: "Lima: 25 degrees" },
    ],
  });
  expect(choices[0]).toMatchObject({ finish_reason: "stop", message: { content: "It is mild in Lima." } });
});

describe("tool_choice", () => {
  const question = "What is the weather in Cairo?";
  it.each<[string, string, Params, unknown[]]>([
    ["auto, a text was learned", "Who are you?", {}, []],
    ["none", question, { tool_choice: "none" }, []],
    [
      "required, a text is nearest",
      "Who are you in Tokyo?",
      { tool_choice: "required" },
      [["get_weather", { city: "Tokyo" }]],
    ],
    ["required, nothing is near", "xylophone", { tool_choice: "required", tools: [add] }, [["add", { a: 0, b: 0 }]]],
    [
      "named, another was learned",
      question,
      { tool_choice: { type: "function", function: { name: "add" } } },
      [["add", { a: 0, b: 0 }]],
    ],
    [
      "named, it was learned",
      question,
      { tool_choice: { type: "function", function: { name: "get_weather" } } },
      [["get_weather", { city: "Cairo" }]],
    ],
    [
      "auto, calls in parallel",
      "Compare Paris with Rome",
      {},
      [
        ["get_weather", { city: "Paris" }],
        ["get_weather", { city: "Rome" }],
      ],
    ],
    [
      "auto, one call at a time",
      "Compare Paris with Rome",
      { parallel_tool_calls: false },
      [["get_weather", { city: "Paris" }]],
    ],
  ])("%s", async (_, content, more, calls) => {
    const completion = await ask(content, { tools, ...more });
    expect(callsOf(completion)).toEqual(calls);
    expect(completion.choices[0]!.finish_reason).toBe(calls.length > 0 ? "tool_calls" : "stop");
  });

  it.each([undefined, [add]])("says so where the function that was learned is not offered (%#)", async (offered) => {
    const { choices } = await ask("Weather in Paris", offered && { tools: offered });
    const text = choices[0]!.message.content;
    expect(text).toMatch(/in the nearest example it calls get_weather, which the request does not let it call/);
  });
});

it.each(["dated", "v1"] as const)("streams parallel calls, each with its own index and id, %s", async (flavour) => {
  const client = flavour === "dated" ? dated(service, account) : v1(service, account);
  const stream = await client.chat.completions.create({
    model: "tuned",
    messages: [{ role: "user", content: "Compare Paris with Rome" }],
    tools,
    stream: true,
  });
  const made: { id?: string; name?: string; given: string }[] = [];
  let reason: string | null | undefined;
  for await (const { choices } of stream) {
    for (const piece of choices[0]?.delta.tool_calls ?? []) {
      const one = (made[piece.index] ??= { given: "" });
      if (piece.id) Object.assign(one, { id: piece.id, name: piece.function?.name });
      one.given += piece.function?.arguments ?? "";
    }
    reason = choices[0]?.finish_reason ?? reason;
  }
  expect(reason).toBe("tool_calls");
  expect(made.map(({ given }) => JSON.parse(given) as unknown)).toEqual([{ city: "Paris" }, { city: "Rome" }]);
  expect(new Set(made.map(({ id }) => id)).size).toBe(2);
});

it("writes function_call for a client that offers functions", async () => {
  const functions = [{ name: "add", parameters: add.function.parameters! }];
  const { choices } = await ask("Add two and three", { functions });
  expect(choices[0]).toMatchObject({
    finish_reason: "function_call",
    message: { content: null, function_call: { name: "add", arguments: '{"a":2,"b":3}' } },
  });
  expect(choices[0]!.message).not.toHaveProperty("tool_calls");
});

it("runs openai's own loop of tools to its end", async () => {
  const asked: unknown[] = [];
  const runner = v1(service, account).chat.completions.runTools({
    model: "tuned",
    messages: [{ role: "user", content: "What is the weather in Quito?" }],
    tools: [
      {
        type: "function",
        function: {
          name: "get_weather",
          description: "Weather of a city",
          parameters: weather.function.parameters!,
          parse: JSON.parse,
          function: (given: unknown) => {
            asked.push(given);
            return "Quito: 20 degrees";
          },
        },
      },
    ],
  });
  expect(await runner.finalContent()).toBe("It is mild in Quito.");
  expect(asked).toEqual([{ city: "Quito" }]);
});
