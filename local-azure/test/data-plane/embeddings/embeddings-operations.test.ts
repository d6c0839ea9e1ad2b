import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type OpenAI from "openai";
import type { AccountRecord } from "../../../src/world/state";
import { startForTest, type TestService } from "../../../src/testing";
import { deploy } from "../deployments";
import { dated, v1 } from "../openai-clients";
import { call } from "../plain-client";

let service: TestService;
let account: AccountRecord;

beforeAll(async () => {
  service = await startForTest();
  account = service.addAccount("embeddings");
  deploy(service, account, "embed", "text-embedding-3-small");
  deploy(service, account, "chat", "gpt-4o-mini");
});
afterAll(() => service.close());

type Params = Partial<OpenAI.EmbeddingCreateParams>;
const ask = (flavour: "dated" | "v1", more: Params = {}) =>
  (flavour === "v1" ? v1 : dated)(service, account).embeddings.create({
    model: "embed",
    input: "What is a token?",
    ...more,
  });

describe.each(["dated", "v1"] as const)("%s", (flavour) => {
  it("gives each input its vector, the same as numbers and as base64", async () => {
    const input = ["What is a token?", "What is a batch?"];
    const numbers = await ask(flavour, { input, encoding_format: "float" });
    // The client asks for base64 by default, and decodes it.
    const decoded = await ask(flavour, { input });
    expect(numbers).toMatchObject({
      object: "list",
      model: "text-embedding-3-small",
      usage: { prompt_tokens: 10, total_tokens: 10 },
    });
    expect(numbers.data.map(({ index, embedding: { length } }) => [index, length])).toEqual([
      [0, 1536],
      [1, 1536],
    ]);
    expect(decoded.data[1]!.embedding).toEqual(numbers.data[1]!.embedding.map(Math.fround));
    expect(numbers.data[0]!.embedding).not.toEqual(numbers.data[1]!.embedding);
  });

  it("takes dimensions, and tokens for text", async () => {
    expect((await ask(flavour, { dimensions: 64 })).data[0]!.embedding).toHaveLength(64);
    expect((await ask(flavour, { input: [[1, 2], [3]] })).usage.prompt_tokens).toBe(3);
    expect((await ask(flavour, { input: [1, 2] })).data).toHaveLength(1);
  });
});

it.each<[string, object, string | null, string]>([
  ["no input", { input: undefined }, "missing_required_parameter", "'input'"],
  ["an empty text", { input: "" }, null, "'$.input' is invalid"],
  ["no texts", { input: [] }, null, "'$.input' is invalid"],
  ["many texts", { input: Array(2049).fill("a") }, "array_above_max_length", "maximum length 2048"],
  ["a long text", { input: "word ".repeat(9000) }, null, "maximum context length is 8191 tokens"],
  ["many dimensions", { dimensions: 1537 }, "integer_above_max_value", "<= 1536"],
  ["another form", { encoding_format: "hex" }, "invalid_value", "'float', and 'base64'"],
  ["an unknown member", { frob: 1 }, null, "Unrecognized request argument supplied: frob"],
])("%s is refused", async (_, more, code, message) => {
  const body = { model: "embed", input: "a", ...more };
  const { status, body: answer } = await call(service, account, "POST", "openai/v1/embeddings", body);
  expect([status, answer.error]).toEqual([
    400,
    expect.objectContaining({
      type: "invalid_request_error",
      code,
      message: expect.stringContaining(message) as unknown,
    }),
  ]);
});

it.each<[string, () => Promise<unknown>, string]>([
  [
    "a chat model",
    () => ask("dated", { model: "chat" }),
    "The embeddings operation does not work with the specified model, gpt-4o-mini-2024-07-18.",
  ],
  [
    "chat of an embedding model",
    () => v1(service, account).chat.completions.create({ model: "embed", messages: [{ role: "user", content: "Hi" }] }),
    "The chatCompletion operation does not work with the specified model, text-embedding-3-small.",
  ],
])("%s is refused", async (_, send, message) => {
  await expect(send()).rejects.toMatchObject({
    status: 400,
    code: "OperationNotSupported",
    message: expect.stringContaining(message) as unknown,
  });
});
