import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { METRICS } from "azure-openai-graders/metrics/index";
import fc from "fast-check";
import type OpenAI from "openai";
import { startForTest, type TestService } from "../../../src/testing";
import type { AccountRecord } from "../../../src/world/state";
import { dated, v1 } from "../openai-clients";
import { call } from "../plain-client";

let service: TestService;
let account: AccountRecord;
let client: OpenAI;

beforeAll(async () => {
  service = await startForTest();
  account = service.addAccount("graders");
  client = v1(service, account);
});
afterAll(() => service.close());

type Spec = Record<string, unknown>;
const check = (more: Spec = {}): Spec => ({
  ...{ type: "string_check", name: "check", operation: "eq" },
  ...{ input: "{{sample.output_text}}", reference: "{{item.answer}}", ...more },
});
const similar = (metric: string): Spec => ({
  ...{ type: "text_similarity", name: "similar", evaluation_metric: metric },
  ...{ input: "{{sample.output_text}}", reference: "{{item.answer}}" },
});
const judge = (more: Spec = {}): Spec => ({
  ...{ type: "score_model", name: "judge", model: "gpt-4o", range: [1, 5] },
  input: [{ role: "user", content: "Grade {{sample.output_text}} against {{item.answer}}." }],
  ...more,
});
const both = (formula: string): Spec => ({
  ...{ type: "multi", name: "both", calculate_output: formula },
  graders: { exact: check(), near: similar("fuzzy_match") },
});
const python = (source: string): Spec => ({ type: "python", source });

async function run(grader: Spec, sample: string, item: object = { answer: "Paris" }) {
  const body = { grader, model_sample: sample, item };
  return client.fineTuning.alpha.graders.run(body as unknown as OpenAI.FineTuning.Alpha.GraderRunParams);
}
const flagsOf = ({ metadata }: Awaited<ReturnType<typeof run>>) =>
  Object.entries(metadata.errors).flatMap(([name, value]) => (value === true ? [name] : []));

describe("run", () => {
  it.each<[string, Spec, string, number, string[]]>([
    ["a check that holds", check(), "Paris", 1, []],
    ["a check that does not", check(), "Rome", 0, []],
    ["a similarity", similar("fuzzy_match"), "Pariss", METRICS.fuzzy_match!("Pariss", "Paris"), []],
    ["a judge's number on its scale", judge(), "Paris", 5, []],
    ["a formula", both("0.5 * exact + near / 4"), "Paris", 0.75, []],
    ["a formula that divides by zero", both("1 / (exact - exact)"), "Paris", 0, ["other_error"]],
    ["a formula that cannot be read", both("exact +"), "Paris", 0, ["formula_parse_error"]],
    ["an answer that is no JSON", check({ input: "{{sample.output_json.city}}" }), "Paris", 0, ["sample_parse_error"]],
    ["a key that the item lacks", check({ reference: "{{item.city}}" }), "Paris", 0, ["invalid_variable_error"]],
    ["Python", python("def grade(sample, item):\n  return 1"), "Paris", 0, ["python_grader_server_error"]],
    ["meteor", similar("meteor"), "Paris", 0, ["other_error"]],
  ])("%s", async (_, grader, sample, reward, errors) => {
    const answer = await run(grader, sample);
    expect(answer.reward).toBeCloseTo(reward, 9);
    expect(flagsOf(answer)).toEqual(errors);
    expect(answer.metadata.type).toBe(grader.type);
  });

  it("says what each grader of a formula gave, and what judges used", async () => {
    const formula = await run(both("exact + near"), "Paris");
    expect(formula).toMatchObject({ metadata: { scores: { exact: 1, near: 1 } }, sub_rewards: { exact: 1, near: 1 } });
    const judged = await run(judge(), "Pari");
    expect(judged.reward).toBeGreaterThan(1);
    expect(judged.reward).toBeLessThan(5);
    expect(judged.metadata).toMatchObject({ sampled_model_name: "gpt-4o", token_usage: expect.any(Number) as unknown });
    expect(judged.model_grader_token_usage_per_model).toEqual({ "gpt-4o": judged.metadata.token_usage });
  });

  it("gives the same as the package for any two texts, and never leaves 0 to 1", async () => {
    const names = Object.keys(METRICS);
    const cases = fc.asyncProperty(fc.constantFrom(...names), fc.string(), fc.string(), async (name, a, b) => {
      const { reward } = await run(similar(name), a, { answer: b });
      expect(reward).toBe(METRICS[name]!(a, b));
      expect(reward).toBeGreaterThanOrEqual(0);
      expect(reward).toBeLessThanOrEqual(1 + 1e-9);
    });
    await fc.assert(cases, { numRuns: 60 });
  });
});

describe("validate", () => {
  it.each([
    check(),
    similar("meteor"),
    judge(),
    both("exact * near"),
    python("def grade(sample, item):\n  return 1.0"),
  ])("echoes %j", async (grader) => {
    for (const one of [client, dated(service, account, "2025-04-01-preview")]) {
      const answer = await one.fineTuning.alpha.graders.validate({ grader: grader as never });
      expect(answer.grader).toEqual(grader);
    }
  });

  it.each<[string, unknown, string]>([
    ["none", undefined, "grader is required"],
    ["another type", { type: "string_chek" }, "Did you mean string_check?"],
    ["a missing key", check({ operation: undefined }), "has no operation"],
    ["another operation", check({ operation: "equals" }), "expected eq, ne, like, ilike"],
    ["another name in a template", check({ reference: "{{row.answer}}" }), "only item (the row) and sample"],
    [
      "a judge that is not supported",
      judge({ model: "gpt-5" }),
      "Model provided for model grader is not supported. Supported models: gpt-4.1, ",
    ],
    ["a formula that cannot be read", both("exact +"), "calculate_output cannot be read"],
    ["a formula of other names", both("other"), "uses 'other', which is not one of its graders"],
    ["multi in multi", { ...both("a"), graders: { a: both("exact") } }, "which cannot contain another multi grader"],
    [
      "Python in multi",
      { ...both("a"), graders: { a: python("def grade(sample, item):\n  return 1") } },
      "a multi grader takes",
    ],
    ["labels", { type: "label_model" }, "which is for evaluations only"],
    ["cosine", similar("cosine"), "cosine"],
    [
      "sys in Python",
      python("import os, sys\ndef grade(sample, item):\n  return 1"),
      "use of module 'sys' is not allowed",
    ],
    ["Python without grade", python("def score(): pass"), "no function grade"],
  ])("refuses %s", async (_, grader, message) => {
    const answer = await call(service, account, "POST", "openai/v1/fine_tuning/alpha/graders/validate", { grader });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({
      code: "invalidPayload",
      message: expect.stringContaining(message) as unknown,
    });
  });

  it("is not there before the versions of 2025", async () => {
    const answer = await call(
      service,
      account,
      "POST",
      "openai/fine_tuning/alpha/graders/validate?api-version=2024-10-21",
      { grader: check() },
    );
    expect(answer.status).toBe(404);
  });
});
