import { describe, expect, it } from "@jest/globals";
import { readDemands } from "../../graders/read-demands";
import { handler } from "../../dynamic-providers/dataset/handler";
import type { DatasetInputs } from "../../dynamic-providers/dataset/schema";
import { codes, datasetFile, examine } from "./examine";

const topics = "tides basalt violins magnets yeast glaciers sonnets turbines lichen comets".split(" ");
const rows = (extra: (index: number) => object = () => ({})) =>
  topics.map((topic, index) =>
    JSON.stringify({ messages: [{ role: "user", content: `Tell me about ${topic}.` }], ...extra(index) }),
  );
const check = (reference: string, input = "{{sample.output_text}}") => ({
  ...{ type: "string_check", name: "exact", operation: "eq", input, reference },
});
const answered = rows((index) => ({
  reference_answer: topics[index],
  facts: { year: 1900 + index, sources: [{ title: "a" }] },
}));
const graded = (grader: object | undefined, lines = answered, responseFormat?: object) =>
  examine(lines.join("\n"), {
    ...{ method: "reinforcement", model: "o4-mini", responseFormat },
    grader: grader as Record<string, unknown> | undefined,
  });

describe("readDemands", () => {
  it.each<[string, object, string[][]]>([
    ["a key", check("{{item.reference_answer}}"), [["reference_answer"]]],
    ["spaces, and twice the same", check("{{ item.x }} or {{item.x}}"), [["x"]]],
    [
      "a nested path",
      check("{{item.facts.year}} {{ item.facts.sources[0].title }}"),
      [
        ["facts", "year"],
        ["facts", "sources", "0", "title"],
      ],
    ],
    [
      "a similarity",
      {
        type: "text_similarity",
        name: "s",
        input: "{{sample.output_text}}",
        reference: "{{item.a}}",
        evaluation_metric: "bleu",
      },
      [["a"]],
    ],
    [
      "a model grader's messages",
      {
        type: "score_model",
        name: "m",
        model: "gpt-4.1",
        input: [
          { role: "user", content: [{ type: "input_text", text: "{{item.b}}" }] },
          { role: "developer", content: "{{item.c}}" },
        ],
      },
      [["b"], ["c"]],
    ],
    [
      "a multi grader",
      {
        type: "multi",
        name: "m",
        graders: { one: check("{{item.a}}"), two: check("{{item.b}}") },
        calculate_output: "one + two",
      },
      [["a"], ["b"]],
    ],
    ["JSON in a prompt", check('Answer as {"a": {"b": 1}} for {{item.a}}'), [["a"]]],
    [
      "Python, whose braces are its own",
      { type: "python", name: "p", source: "def grade(sample, item):\n  return {'{{': {}}" },
      [],
    ],
  ])("reads %s", (_, grader, paths) => {
    expect(readDemands(grader as Record<string, unknown>)).toMatchObject({ paths, problems: [] });
  });

  it.each<[string, string, string]>([
    ["an open template", "{{item.x", "opens {{ without closing it"],
    ["a half-closed one", "{{item.x} is right", "opens {{ without closing it"],
    ["one within another", "{{item.x {{item.y}}", "opens {{ without closing it"],
    ["one that is not opened", "item.x}}", "closes }} without a {{"],
    ["a half-opened one", "{item.x}}", "single brace in {item.x}}. Write {{item.x}}"],
    ["single braces", "{item.x}", "single brace in {item.x}. Write {{item.x}}"],
    [
      "a misspelt namespace",
      "{{itm.x}}",
      "there is no 'itm', only item (the row) and sample (the answer). Did you mean {{item.x}}?",
    ],
    ["a misspelt sample", "{{smaple.output_text}}", "Did you mean {{sample.output_text}}?"],
    ["a key that no answer has", "{{sample.foo}}", "sample has output_text, output_json"],
    ["a misspelt key of the answer", "{{sample.output_txt}}", "Did you mean {{sample.output_text}}?"],
    ["nothing", "{{}}", "which is not a path"],
    ["an expression", "{{item.x | upper}}", "which is not a path"],
  ])("refuses %s", (_, text, sentence) => {
    for (const grader of [check(text), { type: "multi", graders: { one: check(text) } }]) {
      const { problems } = readDemands(grader);
      expect(problems).toEqual([expect.stringContaining(sentence)]);
      expect(problems[0]).toMatch(/^grader\.(graders\.one\.)?reference /);
    }
  });
});

describe("a grader and its rows", () => {
  it("agree", async () =>
    expect(codes(await graded(check("{{item.reference_answer}} {{item.facts.sources[0].title}}")))).toEqual([]));

  it.each<[string, string, string]>([
    ["{{item.refernce_answer}}", "refernce_answer", "reference_answer"],
    ["{{item.facts.yaer}}", "facts.yaer", "facts.year"],
  ])("fail once where no row has %s, with the nearest name", async (template, name, nearest) => {
    const { report } = await graded(check(template));
    expect(report.errors).toEqual([
      {
        code: "grader-key-missing",
        line: 0,
        message: `No row has a field '${name}', which the grader uses as ${template}; the nearest key is '${nearest}'. Correct the grader or the rows.`,
      },
    ]);
    expect(report.errorCount).toBe(1);
  });

  it("fail with the lines where some rows lack a key", async () => {
    const lines = rows((index) => (index === 3 || index === 7 ? { other: 1 } : { answer: "a" }));
    expect(codes(await graded(check("{{item.answer}}"), lines))).toEqual([
      "4 grader-key-missing",
      "8 grader-key-missing",
    ]);
  });

  it("fail where braces or names of the grader are wrong", async () => {
    expect(codes(await graded(check("{{itm.reference_answer}}")))).toEqual(["0 grader-template"]);
    expect(codes(await graded(check("{{item.reference_answer}")))).toEqual(["0 grader-template"]);
  });

  it("fail where the grader has not the form of its type", async () => {
    const { operation: _, ...unfinished } = check("{{item.reference_answer}}");
    const { report } = await graded({ ...unfinished, operaton: "eq" });
    expect(report.errors).toMatchObject([
      {
        code: "grader-template",
        message: 'grader of type string_check has no operation (is "operaton" a misspelling?).',
      },
    ]);
  });

  it("warn where rows have nothing to be graded by, in one sentence", async () => {
    expect((await graded(undefined, rows())).report.warnings).toEqual([
      { code: "nothing-to-grade", line: 1, message: expect.stringContaining("10 rows have no key besides 'messages'") },
    ]);
    // A grader that judges the answer alone needs nothing.
    expect(
      codes(
        await graded(
          { type: "score_model", model: "gpt-4.1", input: [{ role: "user", content: "{{sample.output_text}}" }] },
          rows(),
        ),
      ),
    ).toEqual([]);
  });

  it("warn where the grader reads JSON and nothing makes the answers JSON", async () => {
    const grader = check("{{item.reference_answer}}", "{{sample.output_json.name}}");
    expect(codes(await graded(grader))).toEqual(["0 grader-output-json"]);
    const schema = { type: "object", properties: { name: { type: "string" } } };
    const named = { type: "json_schema", json_schema: { name: "answer", schema } };
    expect(codes(await graded(grader, answered, named))).toEqual([]);
  });

  it("are held against each other at preview", async () => {
    const news = {
      ...{ path: datasetFile(answered.join("\n")), role: "training", model: "o4-mini", method: "reinforcement" },
      grader: check("{{item.refernce_answer}}"),
    };
    const { failures } = await handler.check({} as DatasetInputs, news as unknown as DatasetInputs);
    expect(failures).toEqual([
      { property: "path", reason: expect.stringContaining("No row has a field 'refernce_answer'") },
    ]);
  });
});
