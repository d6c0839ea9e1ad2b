import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import ts from "typescript";
import type { AccountRecord } from "../../../src/world/state";
import { startForTest, type TestService } from "../../../src/testing";
import { deploy } from "../deployments";
import { call } from "../plain-client";
import { tuned } from "../tuned";

/**
 * The Responses API as the `openai` package publishes it: its types are made from the specification, and name every member and value. Answers are
 * written into a file as values of those types, and the compiler says what does not fit; `null` it lets pass everywhere.
 */
function problemsOf(values: [type: string, value: unknown][]): string[] {
  const lines = values.map(([type, value], at) => `const v${at}: ${type} = ${JSON.stringify(value)};`);
  const file = path.resolve(__dirname, "answers-as-types.ts");
  const source = `import type OpenAI from "openai";\n${lines.join("\n")}\nexport {};\n`;
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    strictNullChecks: false,
    exactOptionalPropertyTypes: false,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ["node"],
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    getSourceFile: (name, ...more) =>
      name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : disk.getSourceFile(name, ...more),
    fileExists: (name) => name === file || disk.fileExists(name),
    readFile: (name) => (name === file ? source : disk.readFile(name)),
  };
  const program = ts.createProgram([file], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

let service: TestService;
let account: AccountRecord;

beforeAll(async () => {
  service = await startForTest();
  account = service.addAccount("types");
  const made = (city: string) => ({
    id: `call_${city}`,
    type: "function",
    function: { name: "weather", arguments: `{"city":"${city}"}` },
  });
  const rows = [
    ...["epoch", "batch", "token", "loss", "layer", "weight", "rate", "seed", "step"].map((word) => [
      { role: "user", content: `What is ${word}?` },
      { role: "assistant", content: `It is ${word}.` },
    ]),
    [
      { role: "user", content: "Compare Rome with Oslo" },
      { role: "assistant", tool_calls: [made("Rome"), made("Oslo")] },
    ],
  ];
  deploy(service, account, "tuned", await tuned(service, account, rows));
  deploy(service, account, "reasoning", "o4-mini");
});
afterAll(() => service.close());

const tools = [
  { type: "function", name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
];
const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false };
const requests = [
  { model: "tuned", input: "What is loss?", instructions: "Teach.", metadata: { a: "b" }, temperature: 0 },
  { model: "tuned", input: "Compare Rome with Oslo", tools, tool_choice: "auto" },
  {
    model: "tuned",
    input: "What is loss?",
    text: { format: { type: "json_schema", name: "x", schema, strict: true } },
  },
  { model: "tuned", input: "What is loss?", include: ["message.output_text.logprobs"], top_logprobs: 2 },
  { model: "tuned", input: `Repeat: ${"so ".repeat(40)}`, max_output_tokens: 16 },
  { model: "reasoning", input: "Hello", reasoning: { effort: "high" } },
];

/**
 * `output_text` is added by the client; `store` is in the published examples, but not in the types; Azure adds results of its content
 * filter [form: guess].
 */
const asResponse = ({ content_filters: _, store: __, ...body }: Record<string, unknown>) => ({
  ...body,
  output_text: "",
});

it("answers, events and lists fit the types that the openai package publishes", async () => {
  const values: [string, unknown][] = [];
  for (const request of requests) {
    const whole = await call(service, account, "POST", "openai/v1/responses", request);
    expect(whole.status).toBe(200);
    values.push(["OpenAI.Responses.Response", asResponse(whole.body)]);
    const streamed = await call(service, account, "POST", "openai/v1/responses", { ...request, stream: true });
    const events = streamed.text.split("\n").filter((line) => line.startsWith("data: "));
    expect(events.length).toBeGreaterThan(4);
    for (const line of events) {
      const event = JSON.parse(line.slice("data: ".length)) as { type: string; response?: Record<string, unknown> };
      const value = event.response ? { ...event, response: asResponse(event.response) } : event;
      values.push(["OpenAI.Responses.ResponseStreamEvent", value]);
    }
    const items = await call(service, account, "GET", `openai/v1/responses/${whole.body.id as string}/input_items`);
    values.push(["OpenAI.Responses.ResponseItemList", items.body]);
  }
  expect(problemsOf(values)).toEqual([]);
}, 60_000);

describe("the check itself", () => {
  it.each([
    ["an unknown member", { object: "response", frob: 1 }, /frob/],
    ["a wrong value", { status: "done" }, /"done"/],
  ])(
    "finds %s",
    (_, value, problem) => {
      expect(problemsOf([["Partial<OpenAI.Responses.Response>", value]]).join()).toMatch(problem);
    },
    60_000,
  );
});
