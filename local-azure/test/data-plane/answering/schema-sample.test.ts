import { describe, expect, it } from "@jest/globals";
import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { sampleOf } from "../../../src/data-plane/answering/schema-sample";

type Schema = Record<string, unknown>;
const object = (properties: Record<string, Schema>, more: Schema = {}): Schema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const text = { type: "string" };
const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
const fits = (schema: Schema, value: unknown) => ajv.validate(schema, value);
const made = (schema: Schema, answer: string) => JSON.parse(sampleOf(schema, answer)) as unknown;

describe("sampleOf", () => {
  it("gives an answer that fits as it was written", () => {
    expect(sampleOf(object({ a: text }), '{ "a" : "b" }')).toBe('{ "a" : "b" }');
  });

  it.each<[string, Schema, string, unknown]>([
    ["a text", object({ a: text }), "hello", { a: "hello" }],
    ["members by name", object({ a: text, b: { type: "integer" } }), '{"a":"x","b":3,"c":4}', { a: "x", b: 3 }],
    [
      "the first number",
      object({ n: { type: "number" }, i: { type: "integer" } }),
      "about -2.5 or 7",
      { n: -2.5, i: -2 },
    ],
    ["a value that is named", object({ a: { enum: ["red", "green"] } }), "It is GREEN", { a: "green" }],
    [
      "a list's items",
      object({ a: { type: "array", items: object({ b: text }) } }),
      '{"a":[{"b":"1","c":2}]}',
      { a: [{ b: "1" }] },
    ],
    [
      "the branch of its type",
      object({ a: { anyOf: [{ type: "null" }, { type: "boolean" }] } }),
      '{"a":false}',
      { a: false },
    ],
    ["a null that it has", object({ a: { type: ["string", "null"] } }), '{"a":null}', { a: null }],
    ["a constant", object({ a: { const: 5 } }), "x", { a: 5 }],
    [
      "parts that must all hold",
      {
        allOf: [
          object({ a: text }, { additionalProperties: true }),
          { properties: { b: { type: "boolean" } }, required: ["b"] },
        ],
      },
      "x",
      { a: "x", b: true },
    ],
  ])("takes over %s", (_, schema, answer, value) => {
    expect(made(schema, answer)).toEqual(value);
    expect(fits(schema, value)).toBe(true);
  });

  it.each<[string, Schema]>([
    ["a format", { type: "string", format: "email" }],
    ["a date", { type: "string", format: "date-time" }],
    ["a length", { type: "string", minLength: 3, maxLength: 4 }],
    ["a range", { type: "number", minimum: 10, maximum: 11 }],
    ["at least three", { type: "array", items: text, minItems: 3 }],
  ])("keeps to %s where the answer does not", (_, part) => {
    const schema = object({ a: part });
    expect(fits(schema, made(schema, "This is 5 of them, too long"))).toBe(true);
  });

  it("follows references, and ends where a schema holds itself", () => {
    const tree = {
      ...object({ root: { $ref: "#/$defs/node" } }),
      $defs: { node: object({ name: text, children: { type: "array", items: { $ref: "#/$defs/node" } } }) },
    };
    expect(fits(tree, made(tree, "leaf"))).toBe(true);
    const list = object({ value: text, next: { anyOf: [{ $ref: "#" }, { type: "null" }] } });
    expect(fits(list, made(list, "end"))).toBe(true);
  });

  it.each<[string, Schema]>([
    ["must hold itself", object({ next: { $ref: "#" } })],
    ["is itself", { $ref: "#" }],
    ["is all of itself", { allOf: [{ $ref: "#" }, { $ref: "#" }] }],
  ])("ends for a schema that %s", (_, schema) => {
    expect(sampleOf(schema, "text")).toMatch(/null|\{\}|"text"/);
  });

  it("fits every schema that strict mode allows, whatever the answer", () => {
    // ajv itself does not see a property of the name that JavaScript keeps for prototypes.
    const name = fc.string({ minLength: 1 }).filter((one) => one !== "__proto__");
    const { schema } = fc.letrec((tie) => ({
      leaf: fc.oneof(
        fc.constantFrom(
          text,
          { type: "integer" },
          { type: "number" },
          { type: "boolean" },
          { type: ["string", "null"] },
        ),
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 3 }).map((values) => ({ type: "string", enum: values })),
      ),
      any: fc.oneof({ depthSize: "small" }, tie("leaf"), tie("schema"), tie("list"), tie("either")),
      list: tie("any").map((items) => ({ type: "array", items })),
      either: fc.tuple(tie("any"), tie("any")).map((anyOf) => ({ anyOf })),
      schema: fc
        .dictionary(name, tie("any"), { maxKeys: 3 })
        .map((properties) => object(properties as Record<string, Schema>)),
    }));
    const answer = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(schema, answer, (shape, given) => {
        expect({ given, shape, fits: fits(shape, made(shape, given)) }).toEqual({ given, shape, fits: true });
      }),
      { numRuns: 200 },
    );
  });
});
