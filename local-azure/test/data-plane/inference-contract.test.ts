import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { chatArguments } from "../../src/data-plane/chat/known-arguments";
import { startForTest, type TestService } from "../../src/testing";
import type { AccountRecord } from "../../src/world/state";
import { deploy } from "./deployments";
import { call, type Answer } from "./plain-client";
import { available, exampleBody, PublishedSchemas, type Document } from "./published-schemas";
import { tuned } from "./tuned";

const made = (id: string) => ({ id, type: "function", function: { name: "add", arguments: '{"a":1}' } });
const conversations = [
  ...["epoch", "batch", "token", "loss", "layer", "weight", "rate", "seed", "step"].map((word) => [
    { role: "user", content: `What is ${word}?` },
    { role: "assistant", content: `It is ${word}.` },
  ]),
  [
    { role: "user", content: "Add one twice" },
    { role: "assistant", tool_calls: [made("call_1"), made("call_2")] },
  ],
];
const parameters = {
  type: "object",
  properties: { a: { type: "integer" } },
  required: ["a"],
  additionalProperties: false,
};
const tools = [{ type: "function", function: { name: "add", parameters, strict: true } }];
const schema = { type: "json_schema", json_schema: { name: "sum", schema: parameters, strict: true } };
const functions = [{ name: "add", parameters }];

(available ? describe : describe.skip)("the inference API fits its published schemas", () => {
  let service: TestService;
  let account: AccountRecord;
  let schemas: PublishedSchemas;

  beforeAll(async () => {
    schemas = new PublishedSchemas();
    service = await startForTest();
    account = service.addAccount("inference");
    deploy(service, account, "tuned", await tuned(service, account, conversations));
    deploy(service, account, "embed", "text-embedding-3-small");
  });
  afterAll(() => service.close());

  const flavours = [
    {
      flavour: "2024-10-21",
      document: "inference" as Document,
      chat: "openai/deployments/tuned/chat/completions?api-version=2024-10-21",
      embeddings: "openai/deployments/embed/embeddings?api-version=2024-10-21",
      names: {
        request: "createChatCompletionRequest",
        whole: "createChatCompletionResponse",
        chunk: "createChatCompletionStreamResponse",
        error: "errorResponse",
      },
    },
    {
      flavour: "v1",
      document: "v1" as Document,
      chat: "openai/v1/chat/completions",
      embeddings: "openai/v1/embeddings",
      names: {
        request: "AzureCreateChatCompletionRequest",
        whole: "AzureCreateChatCompletionResponse",
        chunk: "AzureCreateChatCompletionStreamResponse",
        error: "AzureErrorResponse",
      },
    },
  ];
  const post = (path: string, body: object): Promise<Answer> => call(service, account, "POST", path, body);
  const chunksOf = ({ text }: Answer): object[] =>
    text
      .split("\n\n")
      .filter((line) => line.startsWith("data: {"))
      .map((line) => JSON.parse(line.slice("data: ".length)) as object);

  describe.each(flavours)("$flavour", ({ flavour, document, chat, embeddings, names }) => {
    const body = (content: string, more: object) => ({
      model: "tuned",
      messages: [{ role: "user", content }],
      ...more,
    });
    const questions: [string, string, object][] = [
      ["a text", "What is loss?", {}],
      ["two texts with log probabilities", "What is loss?", { n: 2, logprobs: true, top_logprobs: 4 }],
      ["a text cut short", "What is loss?", { max_tokens: 2 }],
      ["a text that is filtered", "What is loss? [content-filter answer hate=high]", {}],
      ["JSON of a schema", "What is loss?", { response_format: schema }],
      ["parallel calls", "Add one twice", { tools }],
      ["a call that must be made", "What is loss?", { tools, tool_choice: "required" }],
      ["a call of a function of old", "Add one twice", { functions }],
    ];

    it.each(questions)("%s, whole and streamed", async (_, content, more) => {
      const whole = await post(chat, body(content, more));
      expect([whole.status, schemas.problems(whole.body, document, names.whole)]).toEqual([200, []]);
      const streamed = await post(
        chat,
        body(content, { ...more, stream: true, stream_options: { include_usage: true } }),
      );
      const chunks = chunksOf(streamed);
      expect(chunks.length).toBeGreaterThan(3);
      // The dated API's first chunk carries the prompt's filter result and empty members, against its schema (recorded).
      const checked = chunks.slice(document === "v1" ? 0 : 1);
      expect(checked.flatMap((chunk) => schemas.problems(chunk, document, names.chunk))).toEqual([]);
    });

    it("knows every member that a request may have, and refuses others", async () => {
      const published = schemas.membersOf(document, names.request);
      expect(published.length).toBeGreaterThan(15);
      expect(published.filter((member) => !chatArguments.includes(member))).toEqual([]);
      const refused = await post(chat, body("Hi", { frobnicate: 1 }));
      expect(refused.status).toBe(400);
      // Public records have the code null, and a type besides v1's "error".
      const recorded = [/^\/error\/code must be string/, /^\/error\/(type|param)\b/];
      const problems = schemas.problems(refused.body, document, names.error);
      expect(problems.filter((problem) => !recorded.some((known) => known.test(problem)))).toEqual([]);
    });

    it("refuses members of another type than the published one", async () => {
      const typed = schemas.typesOf(document, names.request);
      expect(typed.length).toBeGreaterThan(12);
      const taken: string[] = [];
      for (const [member, type] of typed) {
        const wrong = type === "string" ? 5 : type === "object" ? "text" : { an: "object" };
        const { status } = await post(chat, body("Hi", { [member]: wrong }));
        if (status !== 400 && !(member === "model" && document === "inference")) taken.push(`${member}: ${type}`);
      }
      expect(taken).toEqual([]);
    });

    it("embeddings, as numbers and as base64", async () => {
      const place =
        "paths/~1deployments~1{deployment-id}~1embeddings/post/responses/200/content/application~1json/schema";
      const numbers = await post(embeddings, { model: "embed", ...exampleBody("embeddings") });
      expect([numbers.status, schemas.problemsAt(numbers.body, "inference", encodeURI(place))]).toEqual([200, []]);
    });

    it("takes the published example", async () => {
      const answer = await post(chat, { model: "tuned", ...exampleBody("chat_completions") });
      expect([flavour, answer.status]).toEqual([flavour, 200]);
    });
  });
});
