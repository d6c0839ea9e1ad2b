import { expect, it } from "@jest/globals";
import { sampleAnswers } from "../../../../dynamic-providers/fine-tuning-job/grader-trial/sample-answers";

const rows = [
  { line: 1, item: { messages: [], reference: { city: "Paris", since: 987 }, note: "n1" } },
  { line: 3, item: { messages: [], reference: { city: "Rome" }, note: "n2" } },
];
const check = (reference: string, input = "{{sample.output_text}}") => ({
  ...{ type: "string_check", name: "x", operation: "eq", input, reference },
});
const texts = (...[grader, format, given = []]: [object, unknown?, string[]?]) =>
  sampleAnswers(rows[0]!, rows, grader as Record<string, unknown>, format, given).map(({ text, from }) => [from, text]);
const nothing = ['the text "I don\'t know."', "I don't know."];

it("tries what the grader reads of the row, the same of another row, and an answer to nothing", () => {
  expect(texts(check("{{item.reference.city}}"), undefined, ["Lyon"])).toEqual([
    ["the row's own reference.city", "Paris"],
    ["another row's reference.city", "Rome"],
    nothing,
    ["graderTrial.answers[0]", "Lyon"],
  ]);
});

it("tries the row's keys where no template says what is read, and what is no text as JSON", () => {
  expect(texts({ type: "python", source: "def grade(sample, item): return 1" })).toEqual([
    ["the row's own reference", '{"city":"Paris","since":987}'],
    ["another row's reference", '{"city":"Rome"}'],
    ["the row's own note", "n1"],
    ["another row's note", "n2"],
    nothing,
  ]);
});

it("tries JSON where the grader reads JSON, and of the response format's schema where there is one", () => {
  const read = check("{{item.reference.city}}", "{{sample.output_json.answer.name}}");
  expect(texts(read)[0]).toEqual(["the row's own reference.city", '{"answer":{"name":"Paris"}}']);
  const schema = { type: "object", properties: { city: { type: "string" }, count: { type: "integer" } } };
  const format = { type: "json_schema", json_schema: { name: "x", schema } };
  expect(texts(check("{{item.reference.city}}"), format).map(([, text]) => text)).toEqual([
    '{"city":"Paris","count":0}',
    '{"city":"Rome","count":0}',
    '{"city":"I don\'t know.","count":0}',
  ]);
});

it("tries each text once", () => {
  expect(texts(check("{{item.reference.city}}"), undefined, ["Paris", "Paris", "Lyon"])).toHaveLength(4);
});
