import { expect, it } from "@jest/globals";
import { jsonPaths } from "../../graders/json-paths";
import { responseFormatProblems } from "../../graders/response-format";

const schema = {
  type: "object",
  properties: { city: { type: "string" }, where: { type: "object", properties: { land: { type: "string" } } } },
};
const format = (more: object = {}) => ({ type: "json_schema", json_schema: { name: "answer", schema, ...more } });

it.each<[string, unknown, string[], RegExp | undefined]>([
  ["none", undefined, ["city"], undefined],
  ["text", { type: "text" }, ["city"], undefined],
  ["a schema with what is read", format(), ["where", "land"], undefined],
  ["a schema that leaves its members open", format({ schema: { type: "object" } }), ["city"], undefined],
  ["a member that refers elsewhere", format({ schema: { properties: { a: { $ref: "#/x" } } } }), ["a", "b"], undefined],
  ["no object", "json", [], /^responseFormat is not an object/],
  ["another type", { type: "xml" }, [], /^responseFormat\.type is "xml"; expected text, json_object, json_schema\.$/],
  ["no type", {}, [], /^responseFormat\.type is missing/],
  ["no schema part", { type: "json_schema" }, [], /^responseFormat\.json_schema is missing/],
  ["no schema", format({ schema: undefined }), [], /^responseFormat\.json_schema\.schema is missing/],
  ["a name with blanks", format({ name: "my answer" }), [], /^responseFormat\.json_schema\.name is not a name/],
  [
    "a member that the schema lacks",
    format(),
    ["where", "country"],
    /^The grader reads sample\.output_json\.where\.country, but the schema of responseFormat has no 'country' there; it has land\.$/,
  ],
])("%s", (_, given, read, problem) => {
  const found = responseFormatProblems(given, read.length > 0 ? [read] : []);
  expect(found.join("\n")).toMatch(problem ?? /^$/);
});

it("knows the members that templates read, also those in a multi grader", () => {
  const grader = {
    graders: {
      a: { input: "{{ sample.output_json.city }} {{item.x}}", reference: "{{sample.output_json.where.land}}" },
    },
  };
  expect(jsonPaths(grader)).toEqual([["city"], ["where", "land"]]);
});
