import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { RowInspector } from "../../../src/data-plane/files/row-inspector";
import { chatRow } from "../examples";

async function inspect(chunks: (string | Buffer)[], limit = 1e6) {
  const inspector = new RowInspector(limit);
  const through = await buffer(Readable.from(chunks.map((chunk) => Buffer.from(chunk))).pipe(inspector));
  return { through, bytes: inspector.bytes, rows: inspector.rows, problem: inspector.problem };
}

const good = chatRow("What is AI?", "A craft.");
const messages = (...list: unknown[]): string => JSON.stringify({ messages: list });
const user = { role: "user", content: "hi" };

describe("what it accepts", () => {
  it.each<[string, string | Buffer, object]>([
    ["rows", `${good}\n${good}\n`, { chat: 2, preference: 0, prompt: 0 }],
    ["a last line without an end", `${good}\n${good}`, { chat: 2, preference: 0, prompt: 0 }],
    ["a byte order mark", `\uFEFF${good}\n`, { chat: 1, preference: 0, prompt: 0 }],
    ["CRLF and blank lines", `${good}\r\n\r\n${good}\r\n`, { chat: 2, preference: 0, prompt: 0 }],
    [
      "calls without content",
      messages(user, { role: "assistant", tool_calls: [{}] }),
      { chat: 1, preference: 0, prompt: 0 },
    ],
    [
      "parts",
      messages({ role: "user", content: [{ type: "text", text: "a" }] }, { role: "assistant", content: "b" }),
      { chat: 1, preference: 0, prompt: 0 },
    ],
    [
      "a prompt for reinforcement",
      JSON.stringify({ messages: [user], answer: "4" }),
      { chat: 0, preference: 0, prompt: 1 },
    ],
    [
      "a preference",
      JSON.stringify({
        input: { messages: [user] },
        preferred_output: [{ role: "assistant", content: "a" }],
        non_preferred_output: [{ role: "assistant", content: "b" }],
      }),
      { chat: 0, preference: 1, prompt: 0 },
    ],
  ])("%s", async (_, text, rows) => {
    const result = await inspect([text]);
    expect(result).toMatchObject({ rows, problem: undefined, bytes: Buffer.byteLength(text) });
    expect(result.through).toEqual(Buffer.from(text));
  });
});

describe("what it refuses, naming the line and nothing of its text", () => {
  it.each<[string, string | Buffer, string]>([
    ["an empty file", "", "No valid json line found in file."],
    ["blank lines only", "\n \n", "No valid json line found in file."],
    ["bad JSON", `${good}\nsecret\n`, "Line 2: it is not valid JSON."],
    ["a list", "[1]", "Line 1: it is not a JSON object."],
    ["other members", `{"prompt":"secret"}`, "Line 1: 'messages' must be a list of at least one message."],
    ["no messages", `{"messages":[]}`, "Line 1: 'messages' must be a list of at least one message."],
    ["another role", messages({ role: "teacher", content: "secret" }), "Line 1: 'messages[0].role' must be one of"],
    [
      "no content",
      messages(user, { role: "assistant" }),
      "Line 1: 'messages[1].content' must be a string or a list of parts.",
    ],
    [
      "half a preference",
      JSON.stringify({ input: { messages: [user] }, preferred_output: [user] }),
      "Line 1: 'non_preferred_output' must be",
    ],
    [
      "other encodings",
      Buffer.concat([Buffer.from(`${good}\n`), Buffer.from([0x22, 0xe9, 0x22])]),
      "Line 2 is not UTF-8.",
    ],
  ])("%s", async (_, text, problem) => {
    const result = await inspect([text]);
    expect(result.problem).toContain(`Validation of jsonl file failed: ${problem}`);
    expect(result.problem).not.toContain("secret");
  });
});

it("ends a stream that is longer than allowed", async () => {
  await expect(inspect([good], 10)).rejects.toMatchObject({ statusCode: 413 });
});

it("finds the same however the bytes are cut", async () => {
  const whole = Buffer.from(`\uFEFF${chatRow("人工知能とは?", "技術です。")}\n${good}\nnot json\n`);
  const cuts = fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 8 });
  const expected = await inspect([whole]);
  await fc.assert(
    fc.asyncProperty(cuts, async (at) => {
      const places = [0, ...at.sort((a, b) => a - b), whole.length];
      expect(await inspect(places.slice(1).map((end, index) => whole.subarray(places[index], end)))).toEqual(expected);
    }),
  );
});
