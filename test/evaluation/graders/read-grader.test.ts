import { describe, expect, it } from "@jest/globals";
import { graded } from "../../../graders/graded";
import { type AskJudge, type GraderSpec, sampleOf } from "../../../graders/grader";
import { DEFAULT_GRADER, readGrader } from "../../../evaluation/graders/read-grader";

const noJudge: AskJudge = () => Promise.reject(new Error("no judge"));
const item = { reference: "Paris", deep: { list: ["a", { b: "Paris" }] }, number: 3 };

function grade(spec: GraderSpec, text: string, ask: AskJudge = noJudge) {
  return graded(readGrader(spec).grader, sampleOf(text), item, ask);
}

const check = (operation: string, input = "{{sample.output_text}}", reference = "{{item.reference}}") => ({
  ...{ type: "string_check", name: "check", operation, input, reference },
});

it.each<[string, GraderSpec, string, number]>([
  ["eq", check("eq"), "Paris", 1],
  ["eq with case", check("eq"), "paris", 0],
  ["ne", check("ne"), "paris", 1],
  ["like: the input holds the reference", check("like"), "It is Paris.", 1],
  ["like, not the other way round", check("like"), "Par", 0],
  ["like with case", check("like"), "it is paris.", 0],
  ["ilike", check("ilike"), "it is paris.", 1],
  ["a path in the row", check("eq", "{{ item.deep.list[1].b }}", "Paris"), "", 1],
  ["text around templates", check("eq", "<{{sample.output_text}}> {x}", "<Paris> {x}"), "Paris", 1],
  ["a number of the row as text", check("eq", "{{item.number}}", "3"), "", 1],
  ["a value of the JSON", check("eq", "{{sample.output_json.city}}"), '{"city": "Paris"}', 1],
  ["the default", DEFAULT_GRADER, "Paris", 1],
  ["the default, another answer", DEFAULT_GRADER, "Rome", 0.2222222222222222],
])("%s", async (_, spec, text, score) => {
  await expect(grade(spec, text)).resolves.toEqual({ score: expect.closeTo(score, 9) });
});

it.each(["no JSON", '{"town": "Paris"}', "null"])(
  "gives the least where the answer lacks what is read: %s",
  async (text) => {
    const spec = check("eq", "{{sample.output_json.city}}");
    await expect(grade(spec, text)).resolves.toEqual({ score: 0, problem: "no such value" });
  },
);

describe("a judge", () => {
  const spec = {
    type: "score_model",
    name: "judge",
    model: "gpt-4o",
    input: [{ role: "user", content: "Grade {{sample.output_text}} against {{item.reference}}." }],
    range: [1, 5],
    sampling_params: { temperature: 0.5 },
  };

  it.each<[string, string | undefined, object]>([
    ["gives its number", '{"steps": [], "result": 4}', { score: 4 }],
    ["is held to the range", '{"result": 70}', { score: 5 }],
    ["gives the least without a number", '{"result": "four"}', { score: 1, problem: "no verdict" }],
    ["gives the least without JSON", "four", { score: 1, problem: "no verdict" }],
    ["gives the least when refused", undefined, { score: 1, problem: "no verdict" }],
  ])("%s", async (_, verdict, expected) => {
    await expect(grade(spec, "Paris", () => Promise.resolve(verdict))).resolves.toEqual(expected);
  });

  it("is asked with the texts of case and answer, and its own sampling", async () => {
    const asked: unknown[] = [];
    await grade(spec, "Rome", (question) => {
      asked.push(question);
      return Promise.resolve('{"result": 1}');
    });
    expect(asked).toEqual([
      expect.objectContaining({
        model: "gpt-4o",
        messages: [{ role: "user", content: "Grade Rome against Paris." }],
        sampling: { temperature: 0.5 },
      }),
    ]);
  });

  it("passes by its label", async () => {
    const labels = { labels: ["good", "bad"], passing_labels: ["good"] };
    const label = { ...spec, type: "label_model", ...labels };
    await expect(grade(label, "x", () => Promise.resolve('{"result": "good"}'))).resolves.toEqual({ score: 1 });
    await expect(grade(label, "x", () => Promise.resolve('{"result": "bad"}'))).resolves.toEqual({ score: 0 });
    const other = grade(label, "x", () => Promise.resolve('{"result": "fine"}'));
    await expect(other).resolves.toEqual({ score: 0, problem: "no verdict" });
  });
});

describe("a multi grader", () => {
  const multi = (formula: string) => ({
    ...{ type: "multi", name: "both", calculate_output: formula },
    graders: { exact: check("eq"), near: { ...DEFAULT_GRADER, evaluation_metric: "rouge_l" } },
  });

  it.each([
    ["0.25 * exact + 0.75 * near", "paris", 0.75],
    ["-2^2 + exact", "Paris", -3],
    ["2^3^2 * exact", "Paris", 512],
    ["max(exact, near) - min(exact, near)", "paris", 1],
    ["ceil(0.2) + floor(1.9) + abs(-1) + sqrt(4)^2 + exp(0) + log(1)", "Paris", 8],
    ["(1e1 - near) / 3", "Paris", 3],
  ])("%s", async (formula, text, score) => {
    await expect(grade(multi(formula), text)).resolves.toMatchObject({ score });
  });

  it("says the scores of its graders", async () => {
    await expect(grade(multi("exact * near"), "Paris")).resolves.toEqual({ score: 1, parts: { exact: 1, near: 1 } });
  });

  it("gives 0 where the formula has no result", async () => {
    await expect(grade(multi("1 / exact"), "Rome")).resolves.toMatchObject({ score: 0, problem: "no number" });
  });

  it.each([
    ["exact + other", "uses 'other', which is not one of its graders: exact, near"],
    ["exact; near", 'contains ";"'],
    ["exact.constructor", "cannot be read"],
    ["exact +", "cannot be read"],
    ["exact = 1", 'contains "="'],
    ["process", "uses 'process'"],
    ["PI * exact", "uses 'PI'"],
  ])("refuses the formula %s", (formula, problem) => {
    expect(() => readGrader(multi(formula))).toThrow(problem);
  });
});

const similar = (metric: string) => ({ ...DEFAULT_GRADER, evaluation_metric: metric });

it.each<[string, GraderSpec, string | RegExp]>([
  ["an unknown type", { type: "string_chek" }, 'grader.type is "string_chek"'],
  [
    "no type, and lists those that run here",
    {},
    "grader has no type; expected string_check, text_similarity, score_model, multi, label_model.",
  ],
  [
    "what is nearly a metric that is not computed here, and suggests nothing",
    { type: "cosin" },
    /"cosin"; expected string_check, text_similarity, score_model, multi, label_model\.$/,
  ],
  [
    "an unknown metric, and lists those that are computed here",
    similar("fuzzy"),
    /"fuzzy"; expected fuzzy_match, bleu, gleu, rouge_1, .*rouge_l\.$/,
  ],
  ["meteor", similar("meteor"), "not computed here: it needs WordNet"],
  ["cosine", similar("cosine"), "not computed here: it needs an embedding model"],
  [
    "python",
    { type: "python", source: "def grade(sample, item): return 1" },
    "cannot run here: the service runs it in a container",
  ],
  ["a variable that there is not", check("eq", "{{sample.text}}"), "Did you mean {{sample.output_text}}?"],
  ["what is only in Python", check("eq", "{{sample.choices}}"), "which is not available here"],
  ["a missing key", { type: "string_check", operation: "eq", input: "x" }, "has no reference"],
  ["a judge without turns", { type: "score_model", model: "m", input: "Grade" }, "is not a list of turns"],
  ["a range", { type: "score_model", model: "m", input: [{ role: "user", content: "x" }], range: [1, 0] }, "ascending"],
  ["a multi in a multi", { type: "multi", calculate_output: "a", graders: { a: { type: "multi" } } }, "cannot contain"],
  [
    "what is inside",
    { type: "multi", calculate_output: "a", graders: { a: similar("cosine") } },
    "grader.graders.a.ev",
  ],
])("refuses %s", (_, spec, problem) => {
  expect(() => readGrader(spec)).toThrow(problem);
});

it("says what it reads of a case", () => {
  expect(readGrader(check("eq", "{{item.a.b}} {{ item.c }}", "{{item.c}}")).paths).toEqual([["a", "b"], ["c"]]);
});
