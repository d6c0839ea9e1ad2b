import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "../../../src/testing";
import type { AccountRecord } from "../../../src/world/state";
import { call, type Answer } from "../plain-client";
import { available, PublishedSchemas } from "../published-schemas";

const VERSION = "?api-version=2025-04-01-preview";

(available ? describe : describe.skip)("evaluations fit the published schemas", () => {
  let service: TestService;
  let account: AccountRecord;
  let schemas: PublishedSchemas;

  beforeAll(async () => {
    schemas = new PublishedSchemas();
    service = await startForTest();
    account = service.addAccount("contract");
  });
  afterAll(() => service.close());

  const ask = (method: string, path: string, body?: object) =>
    call(service, account, method, `openai${path}${VERSION}`, body);

  it("from the evaluation to its output items", async () => {
    const check = {
      ...{ type: "string_check", name: "check", operation: "eq" },
      ...{ input: "{{sample.output_text}}", reference: "{{item.a}}" },
    };
    const config = { type: "custom", item_schema: { type: "object" } };
    const created = await ask("POST", "/evals", { name: "x", data_source_config: config, testing_criteria: [check] });
    const evaluation = `/evals/${created.body.id as string}`;
    const content = [{ item: { a: "b" }, sample: { output_text: "b" } }];
    const source = { type: "jsonl", source: { type: "file_content", content } };
    const started = await ask("POST", `${evaluation}/runs`, { name: "y", data_source: source });
    expect([created.status, started.status]).toEqual([201, 201]);
    const run = `${evaluation}/runs/${started.body.id as string}`;
    const done = async (): Promise<Answer> => {
      const answer = await ask("GET", run);
      return answer.body.status === "completed" ? answer : done();
    };
    const answers: [Answer, string][] = [
      [created, "Eval"],
      [await ask("GET", evaluation), "Eval"],
      [await ask("GET", "/evals"), "EvalList"],
      [started, "EvalRun"],
      [await done(), "EvalRun"],
      [await ask("GET", `${evaluation}/runs`), "EvalRunList"],
      [await ask("GET", `${run}/output_items`), "EvalRunOutputItemList"],
    ];
    for (const [answer, name] of answers) {
      const found = schemas.problems(answer.body, "preview", name);
      // No error is null, as the OpenAI API writes it; the schema has an object and says nothing of there being none.
      expect(found.filter((problem) => !/\/error must be object/.test(problem))).toEqual([]);
    }
  });
});
