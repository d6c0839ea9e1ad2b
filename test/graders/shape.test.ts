import { expect, it } from "@jest/globals";
import { shapeProblems } from "../../graders/shape";

const check = {
  type: "string_check",
  name: "g",
  operation: "eq",
  input: "{{sample.output_text}}",
  reference: "{{item.a}}",
};
const { operation: _, ...withoutOperation } = check;
const types = "string_check, text_similarity, score_model, python, multi, endpoint";

it.each<[Record<string, unknown>, string[]]>([
  [
    { type: "fuzzymatch" },
    [
      `grader.type is "fuzzymatch"; expected ${types}. Did you mean text_similarity with evaluation_metric fuzzy_match?`,
    ],
  ],
  [{ type: "string_chek" }, [`grader.type is "string_chek"; expected ${types}. Did you mean string_check?`]],
  [{}, [`grader has no type; expected ${types}.`]],
  [{ type: "toString" }, [expect.stringMatching(/^grader\.type is "toString"/) as unknown as string]],
  [{ type: "label_model" }, [`grader.type is label_model, which is for evaluations only; expected ${types}.`]],
  [
    { ...withoutOperation, operaton: "eq" },
    ['grader of type string_check has no operation (is "operaton" a misspelling?).'],
  ],
  [withoutOperation, ["grader of type string_check has no operation."]],
  [{ ...check, operation: "equals" }, ['grader.operation is "equals"; expected eq, ne, like, ilike.']],
  [{ type: "score_model", model: "gpt-4.1" }, ["grader of type score_model has no input."]],
  [
    { type: "multi", calculate_output: "a", graders: { a: { type: "python" }, b: { type: "multi" }, c: 1 } },
    [
      "grader.graders.a of type python has no source.",
      "grader.graders.b is a multi grader, which cannot contain another multi grader.",
      "grader.graders.c is not an object; expected a grader.",
    ],
  ],
])("says what is wrong with %j", (grader, problems) => {
  expect(shapeProblems(grader)).toEqual(problems);
});

it.each([
  check,
  { type: "text_similarity", input: "a", reference: "b", evaluation_metric: "rouge_l", pass_threshold: 0.5 },
  { type: "python", source: "def grade(sample, item): return 1" },
  { type: "score_model", name: "s", model: "gpt-4.1", input: [{ role: "user", content: "x" }], range: [0, 1] },
  { type: "multi", name: "m", calculate_output: "a + b", graders: { a: check, b: check } },
  { type: "endpoint", url: "https://grader.example" },
])("takes $type", (grader) => {
  expect(shapeProblems(grader)).toEqual([]);
});
