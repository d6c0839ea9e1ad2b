import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readFormat, readStop, readTools, writeStop } from "../../../playground/page/typed-parameters";

describe("stop sequences", () => {
  it.each<[string, string[] | undefined]>([
    ["", undefined],
    ["\n\n", undefined],
    ["END", ["END"]],
    [" END \n\\n", [" END ", "\n"]],
    ["\\t\n\\\\n\n\\x", ["\t", "\\n", "\\x"]],
  ])("%j", (text, value) => {
    expect(readStop(text)).toEqual(value ? { value } : {});
  });

  it("are written so that they are read as the same", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, unit: "binary" }), { minLength: 1, maxLength: 4 }), (stops) => {
        expect(readStop(writeStop(stops))).toEqual({ value: stops });
      }),
    );
  });

  it("beyond four are none", () => {
    expect(readStop("1\n2\n3\n4\n5")).toEqual({ wrong: expect.stringContaining("up to 4 sequences") as unknown });
  });
});

describe("a response format", () => {
  const schema = { type: "object", properties: {} };
  it.each<[string, string, object]>([
    ["text", "{", {}],
    ["json_object", "{", { value: { type: "json_object" } }],
    ["json_schema", JSON.stringify(schema), { value: { type: "json_schema", name: "answer", schema } }],
    [
      "json_schema",
      JSON.stringify({ name: "point", schema, strict: true }),
      { value: { type: "json_schema", name: "point", schema, strict: true } },
    ],
  ])("%s %s", (format, text, reading) => {
    expect(readFormat({ format, schema: text })).toEqual(reading);
  });

  it.each([
    ["", "enter a JSON schema"],
    ["[]", "schema: "],
    ['{"name": "a b", "schema": {}}', "name: expected 1 to 64 letters, digits, underscores or dashes"],
    ['{"name": "a", "schema": {}, "strict": "yes"}', "strict: "],
    ['{"name": "a", "schema": {}, "more": 1}', '"more"'],
    ["{", "not valid JSON"],
  ])("%s is said what it is", (schema, message) => {
    const { value, wrong } = readFormat({ format: "json_schema", schema });
    expect(value).toBeUndefined();
    expect(wrong).toContain(message);
  });
});

describe("tools", () => {
  const add = { name: "add", description: "Adds", parameters: { type: "object" }, strict: true };
  it.each<[string, object]>([
    ["as the API takes them", [{ type: "function", function: add }]],
    ["their functions alone", [add]],
    ["a single one", add],
  ])("%s", (_, given) => {
    expect(readTools(JSON.stringify(given))).toEqual({ value: [add] });
  });

  it.each(["", " \n", "[]"])("%j is none", (text) => {
    expect(readTools(text)).toEqual({});
  });

  it.each([
    ['[{"name": "ok"}, {"name": ""}]', "1.name: "],
    ['[{"type": "web_search"}]', "0.name: "],
    ['[{"name": "ok", "parameters": 1}]', "0.parameters: "],
    [`[${Array.from({ length: 129 }, () => '{"name": "a"}').join()}]`, "128"],
    ["null", "0: "],
  ])("%s is said what it is", (text, message) => {
    const { value, wrong } = readTools(text);
    expect(value).toBeUndefined();
    expect(wrong).toContain(message);
  });

  it("whatever is typed is read, or said to be wrong", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const { value, wrong } = readTools(text);
        expect(value === undefined || wrong === undefined).toBe(true);
      }),
    );
  });
});
