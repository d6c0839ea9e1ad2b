import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { METRICS } from "azure-openai-graders/metrics/index";
import { toFile } from "openai";
import type OpenAI from "openai";
import { startForTest, type TestService } from "../../../src/testing";
import type { AccountRecord } from "../../../src/world/state";
import { fineTunedModel } from "../../fine-tuned-model";
import { deploy } from "../deployments";
import { questions } from "../examples";
import { v1 } from "../openai-clients";
import { call } from "../plain-client";

let service: TestService;
let account: AccountRecord;
let client: OpenAI;

beforeAll(async () => {
  service = await startForTest();
  account = service.addAccount("evals");
  client = v1(service, account);
  deploy(service, account, "tuned", await fineTunedModel(service, account, "evaluated"));
  deploy(service, account, "base", "gpt-4o-mini");
});
afterAll(() => service.close());

const exact = {
  ...{ type: "string_check", name: "exact", operation: "eq" },
  ...{ input: "{{sample.output_text}}", reference: "{{item.answer}}" },
};
const near = {
  ...{ type: "text_similarity", name: "near", evaluation_metric: "fuzzy_match", pass_threshold: 0.5 },
  ...{ input: "{{sample.output_text}}", reference: "{{item.answer}}" },
};
const schema = {
  type: "object",
  properties: { question: { type: "string" }, answer: { type: "string" } },
  required: ["question", "answer"],
};
const items = questions.slice(0, 6).map(([question, answer]) => ({ item: { question, answer } }));
const evaluate = (criteria: object[] = [exact, near]) =>
  client.evals.create({
    name: "course",
    data_source_config: { type: "custom", item_schema: schema, include_sample_schema: true },
    testing_criteria: criteria as unknown as OpenAI.EvalCreateParams["testing_criteria"],
  });
const asking = (model: string, source: object = { type: "file_content", content: items }) => ({
  ...{ type: "completions", source, model, sampling_params: { temperature: 0, max_completion_tokens: 200 } },
  input_messages: { type: "template", template: [{ role: "user", content: "{{item.question}}" }] },
});
async function ended(evalId: string, source: object) {
  const { id } = await client.evals.runs.create(evalId, {
    data_source: source as OpenAI.Evals.RunCreateParams["data_source"],
  });
  return atItsEnd(evalId, id);
}
async function atItsEnd(evalId: string, id: string): Promise<OpenAI.Evals.RunRetrieveResponse> {
  const run = await client.evals.runs.retrieve(id, { eval_id: evalId });
  return ["queued", "in_progress"].includes(run.status) ? atItsEnd(evalId, id) : run;
}
const outputs = async (evalId: string, runId: string, query: object = {}) =>
  (await client.evals.runs.outputItems.list(runId, { eval_id: evalId, limit: 100, ...query })).data;

describe("a run", () => {
  it("asks a deployment every row, grades the answers, and tells a tuned model from its base", async () => {
    const { id } = await evaluate();
    const tuned = await ended(id, asking("tuned"));
    expect(tuned).toMatchObject({
      ...{ object: "eval.run", status: "completed", model: "tuned", error: null },
      result_counts: { total: 6, passed: 6, failed: 0, errored: 0 },
      per_testing_criteria_results: [
        { testing_criteria: "exact", passed: 6, failed: 0 },
        { testing_criteria: "near", passed: 6, failed: 0 },
      ],
    });
    expect(tuned.per_model_usage).toMatchObject([{ invocation_count: 6 }]);
    const base = await ended(id, asking("base"));
    expect(base.result_counts).toMatchObject({ total: 6, passed: 0, failed: 6 });
    const [first] = await outputs(id, base.id);
    expect(first).toMatchObject({ status: "fail", datasource_item: items[0]!.item });
    const text = (first!.sample.output as { content: string }[])[0]!.content;
    const { score } = (first!.results as unknown as { name: string; score: number }[]).find(
      ({ name }) => name === "near",
    )!;
    expect(score).toBe(METRICS.fuzzy_match!(text, questions[0]![1]));
    expect((await client.evals.runs.list(id)).data.map(({ id: one }) => one)).toEqual([tuned.id, base.id]);
  });

  it("grades answers that are there already, from a file", async () => {
    const { id } = await evaluate([near]);
    const rows = [
      { ...items[0]!, sample: { output_text: questions[0]![1] } },
      { ...items[1]!, sample: { output_text: "?" } },
    ];
    const file = await client.files.create({
      file: await toFile(Buffer.from(rows.map((row) => JSON.stringify(row)).join("\n")), "answers.jsonl"),
      purpose: "evals",
    });
    const run = await ended(id, { type: "jsonl", source: { type: "file_id", id: file.id } });
    expect(run.result_counts).toMatchObject({ total: 2, passed: 1, failed: 1 });
    expect((await outputs(id, run.id, { status: "fail" })).map(({ datasource_item: item }) => item)).toEqual([
      rows[1]!.item,
    ]);
    const [item] = await outputs(id, run.id, { status: "pass" });
    expect(await client.evals.runs.outputItems.retrieve(item!.id, { eval_id: id, run_id: run.id })).toEqual(item);
  });

  it("takes messages from a row, and counts a row that cannot be asked or graded as errored", async () => {
    const { id } = await evaluate([{ ...exact, reference: "{{item.wanted}}" }]);
    const content = [
      { item: { ...items[0]!.item, wanted: questions[0]![1], turns: [{ role: "user", content: questions[0]![0] }] } },
      { item: { ...items[1]!.item, wanted: "x" } },
      { item: { ...items[2]!.item, turns: [{ role: "user", content: "a" }] } },
    ];
    const source = { ...asking("tuned", { type: "file_content", content }) };
    const run = await ended(id, {
      ...source,
      input_messages: { type: "item_reference", item_reference: "item.turns" },
    });
    expect(run.result_counts).toEqual({ total: 3, passed: 1, failed: 0, errored: 2 });
    const nowhere = await ended(id, asking("nowhere"));
    expect(nowhere.result_counts).toMatchObject({ total: 6, errored: 6 });
    expect((await outputs(id, nowhere.id))[0]!.sample.error).toMatchObject({ code: "DeploymentNotFound" });
  });

  it("that a restart has interrupted starts again, to the same result", async () => {
    const { id } = await evaluate();
    const run = await ended(id, asking("tuned"));
    const record = account.dataPlane.evals!.flatMap(({ runs }) => runs).find((one) => one.id === run.id)!;
    // As the state of a process that died on the way has it.
    delete record.endedAt;
    delete record.outcome;
    const first = await client.evals.runs.retrieve(run.id, { eval_id: id });
    expect(["queued", "in_progress"]).toContain(first.status);
    expect(await atItsEnd(id, run.id)).toEqual(run);
  });

  it.each<[string, string, string, string]>([
    ["a file of another kind", "answers", '{"item": {}}', "Supported file types: jsonl and csv. '' not supported."],
    ["a line that is no JSON", "a.jsonl", "{", "line 1 is not JSON"],
    ["a row that does not fit the schema", "b.jsonl", '{"item": {"question": 1}}', "Row 1 has no item that fits"],
  ])("fails for %s", async (_, name, text, message) => {
    const { id } = await evaluate();
    const file = await client.files.create({ file: await toFile(Buffer.from(text), name), purpose: "evals" });
    const run = await ended(id, { type: "jsonl", source: { type: "file_id", id: file.id } });
    expect(run).toMatchObject({
      status: "failed",
      error: { code: "UserError", message: expect.stringContaining(message) as unknown },
    });
  });

  it("waits while five others run, and can be canceled and deleted", async () => {
    const { id } = await evaluate();
    const source = asking("tuned") as unknown as OpenAI.Evals.RunCreateParams["data_source"];
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => client.evals.runs.create(id, { data_source: source })),
    );
    const last = await client.evals.runs.create(id, { data_source: source });
    // It may have ended by now.
    const canceled = await client.evals.runs.cancel(last.id, { eval_id: id }).catch(() => ({ status: "completed" }));
    expect(["canceled", "completed"]).toContain(canceled.status);
    expect(await client.evals.runs.delete(runs[0]!.id, { eval_id: id })).toMatchObject({ deleted: true });
    await expect(client.evals.runs.retrieve(runs[0]!.id, { eval_id: id })).rejects.toMatchObject({ status: 404 });
    expect(await client.evals.delete(id)).toMatchObject({ deleted: true, eval_id: id });
    await expect(client.evals.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });
});

it("lists, renames and shows evaluations", async () => {
  const created = await evaluate();
  expect(created).toMatchObject({ object: "eval", name: "course", testing_criteria: [exact, near], metadata: {} });
  expect(created.data_source_config).toMatchObject({ type: "custom", schema: { properties: { item: schema } } });
  const renamed = await client.evals.update(created.id, { name: "other", metadata: { team: "a" } });
  expect(await client.evals.retrieve(created.id)).toEqual(renamed);
  const list = (await client.evals.list({ order: "desc", limit: 1 })).data;
  expect(list).toEqual([renamed]);
});

it.each<[string, object, string]>([
  ["no criteria", { testing_criteria: [] }, "at least one grader"],
  [
    "a grader of a wrong form",
    { testing_criteria: [{ ...exact, operation: "=" }] },
    'testing_criteria[0].operation is "="',
  ],
  ["two of one name", { testing_criteria: [exact, exact] }, "the name 'exact' twice"],
  ["a grader without a name", { testing_criteria: [{ ...exact, name: undefined }] }, "name is required"],
  ["logs", { data_source_config: { type: "logs" } }, "only custom data"],
  ["no schema", { data_source_config: { type: "custom" } }, "item_schema must be"],
])("refuses %s", async (_, more, message) => {
  const body = { data_source_config: { type: "custom", item_schema: schema }, testing_criteria: [exact], ...more };
  const answer = await call(service, account, "POST", "openai/v1/evals", body);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatchObject({ message: expect.stringContaining(message) as unknown });
});
