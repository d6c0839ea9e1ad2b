import { expect, it } from "@jest/globals";
import { fillSchema } from "../../../../dynamic-providers/fine-tuning-job/grader-trial/fill-schema";

const steps = { type: "array", items: { type: "object", properties: { note: { type: "string" } } } };

it.each<[string, object, string, unknown]>([
  ["a text", { type: "string" }, "Paris", "Paris"],
  ["a number", { type: "number" }, "4.5", 4.5],
  ["a number of a text that is none", { type: "number" }, "Paris", 0],
  ["a whole number", { type: "integer" }, "4.5", 5],
  ["a constant", { const: 7 }, "x", 7],
  ["a word of an enum", { enum: ["low", "high"] }, "high", "high"],
  ["another word than those", { enum: ["low", "high"] }, "Paris", "low"],
  ["the first of several types", { type: ["string", "null"] }, "Paris", "Paris"],
  ["the first alternative", { anyOf: [{ type: "string" }, { type: "null" }] }, "Paris", "Paris"],
  [
    "nested members",
    { type: "object", properties: { answer: { type: "string" }, steps, sure: { type: "boolean" } } },
    "x",
    { answer: "x", steps: [{ note: "x" }], sure: true },
  ],
  ["a reference", { $ref: "#/$defs/x" }, "x", null],
])("%s", (_, schema, text, value) => {
  expect(fillSchema(schema, text)).toEqual(value);
});
