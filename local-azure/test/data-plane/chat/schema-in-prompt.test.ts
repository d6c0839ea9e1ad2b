import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { schemaInPrompt } from "../../../src/data-plane/chat/schema-in-prompt";
import type { Message } from "../../../src/data-plane/rows/training-row";

const message = (text: string) => ({ role: "user", text }) as Message;
const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
const written = JSON.stringify(schema);

it.each<[string, string, object | undefined]>([
  ["alone", written, schema],
  ["between words and braces", `Use {this}: ${written}, {"not": "this"}.`, schema],
  ["in a fence", `\`\`\`json\n${JSON.stringify(schema, undefined, 2)}\n\`\`\``, schema],
  ["with a brace in a text", `{"properties": {"a": {"description": "} and \\" {"}}}`, expect.objectContaining({})],
  ["an object that is no schema", '{"a": 1}', undefined],
  ["the schema of a list", '{"type": "array", "properties": {}}', undefined],
  ["a schema that is none", '{"properties": {"a": {"type": "nothing"}}}', undefined],
  ["never closed", written.slice(0, -1), undefined],
])("%s", (_what, text, expected) => {
  expect(schemaInPrompt([message(text)])).toEqual(expected);
});

it("takes the newest, and is quick with many braces", () => {
  const older = JSON.stringify({ ...schema, required: [] });
  expect(schemaInPrompt([message(older), message(written), message("no schema")])).toEqual(schema);
  expect(schemaInPrompt([message("{".repeat(200_000))])).toBeUndefined();
});

it("finds any schema of an object in any text without braces", () => {
  const words = fc.string().map((text) => text.replaceAll(/[{}"\\]/g, ""));
  fc.assert(
    fc.property(
      words,
      words,
      fc.dictionary(fc.string(), fc.constant({ type: "string" })),
      (before, after, properties) => {
        const found = schemaInPrompt([message(before + JSON.stringify({ properties }) + after)]);
        expect(found).toEqual(JSON.parse(JSON.stringify({ properties })));
      },
    ),
  );
});
