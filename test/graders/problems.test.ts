import { expect, it } from "@jest/globals";
import { faultsOf } from "../../graders/problems";

const check = { type: "string_check", input: "{{sample.output_text}}", reference: "a", operation: "eq" };

it.each<[string, unknown, string[]]>([
  ["text", "exact", []],
  ["absent", undefined, []],
  ["a number", 7, ["grader.name is not text."]],
  ["a list", [], ["grader.name is not text."]],
  ["null", null, ["grader.name is not text."]],
])("a name that is %s", (_what, name, problems) => {
  expect(faultsOf({ ...check, name })).toEqual(problems);
});

it("a name inside a multi grader is checked, too", () => {
  const multi = { type: "multi", calculate_output: "exact", graders: { exact: { ...check, name: 7 } } };
  expect(faultsOf(multi)).toEqual(["grader.graders.exact.name is not text."]);
});
