import { describe, expect, it } from "@jest/globals";
import { examine } from "../examine";
import { chatRow, containers, convertible, foreignRows, jsonLines, table } from "./foreign-rows";

type Method = "supervised" | "dpo" | "reinforcement";
async function oneError(content: string | Uint8Array, method: Method = "supervised"): Promise<string> {
  const { report } = await examine(content, { method, model: method === "reinforcement" ? "o4-mini" : "gpt-4.1" });
  expect(report.errors.map(({ code, line }) => `${line} ${code}`)).toEqual(["0 foreign-shape"]);
  expect([report.examples, report.tokens.total.sum, report.warningCount]).toEqual([0, 0, 0]);
  const { message } = report.errors[0]!;
  // No text of the dataset, no advice by which content is lost.
  expect(message).not.toMatch(/kelp|slate|rename/);
  return message;
}

describe("a file in another format has one error, and no examples are counted", () => {
  it.each(Object.entries(convertible))("%s", async (_, make) => {
    expect(await oneError(jsonLines(make))).toMatch(
      /not in the chat format\. What goes where: .*`npm run -s convert -- FILE --out NEW\.jsonl`/,
    );
  });

  it.each(Object.entries(containers))("%s", async (_, write) => {
    expect(await oneError(write(foreignRows(chatRow)))).toContain("`npm run -s convert -- FILE --out NEW.jsonl`");
  });

  it.each(Object.entries(containers))("%s, with rows that are foreign too", async (_, write) => {
    expect(await oneError(write(foreignRows(convertible.Alpaca!)))).toMatch(
      /The file is .*Alpaca.*instruction and input -> user/,
    );
  });

  it.each<[string, string, Method, RegExp]>([
    ["Python dicts", jsonLines(chatRow).replaceAll('"', "'"), "supervised", /Python.*json\.dumps/],
    [
      "Python dicts with True",
      jsonLines(chatRow).replaceAll(/^\{/gm, '{"keep": True, '),
      "supervised",
      /Python.*json\.dumps/,
    ],
    ["a doubled brace", jsonLines(chatRow).replaceAll(/^\{/gm, "{{"), "supervised", /doubled brace/],
    [
      "a doubled brace in rows of two lines",
      jsonLines(preferenceRow).replaceAll(/^\{/gm, "{{").replaceAll("\n", "\n}\n"),
      "dpo",
      /doubled brace/,
    ],
    [
      "chosen and rejected",
      jsonLines((prompt, chosen) => ({ prompt, chosen, rejected: "No." })),
      "supervised",
      /chosen -> preferred_output.*--method dpo/,
    ],
    ["preference rows with method supervised", jsonLines(preferenceRow), "supervised", /set the method to dpo/],
    ["chat rows with method dpo", jsonLines(chatRow), "dpo", /method supervised/],
    [
      "prompt and completion for a grader",
      jsonLines((prompt, completion) => ({ prompt, completion })),
      "reinforcement",
      /--method reinforcement/,
    ],
    [
      "unpaired preferences",
      jsonLines((prompt, completion) => ({ prompt, completion, label: false })),
      "supervised",
      /unwanted/,
    ],
    ["texts", jsonLines((text) => ({ text })), "supervised", /\[INST\]/],
    [
      "texts with labels",
      jsonLines((text, _, label) => ({ text, label })),
      "supervised",
      /the label's name as the assistant's/,
    ],
    [
      "batch requests without answers",
      jsonLines((content, _, i) => ({ custom_id: `${i}`, body: { messages: [{ role: "user", content }] } })),
      "supervised",
      /custom_id.*no answer to learn/,
    ],
    [
      "answers of a batch",
      jsonLines((_, content, i) => ({
        custom_id: `${i}`,
        response: { body: { choices: [{ message: { content } }] } },
      })),
      "supervised",
      /join it with the file of requests/,
    ],
    [
      "Anthropic's system",
      jsonLines((q, a, i) => ({ system: "Be brief.", ...(chatRow(q, a, i) as object) })),
      "supervised",
      /system -> a first message with role system/,
    ],
    [
      "Cohere's history",
      jsonLines((message) => ({ message, chat_history: [{ role: "USER", message }] })),
      "supervised",
      /chat_history -> messages/,
    ],
    [
      "bare lists of messages",
      jsonLines((q, a, i) => (chatRow(q, a, i) as { messages: unknown }).messages),
      "supervised",
      /\{"messages": \[\.\.\.\]\}/,
    ],
    [
      "one object around the rows",
      JSON.stringify({ data: foreignRows(chatRow) }, null, 1),
      "supervised",
      /jq -c '\.data\[\]'/,
    ],
    [
      "one object around the rows, on one line",
      JSON.stringify({ train: foreignRows(chatRow) }),
      "supervised",
      /jq -c '\.train\[\]'/,
    ],
    [
      "a pointer of Git LFS",
      "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n",
      "supervised",
      /git lfs pull/,
    ],
    ["a page", "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", "supervised", /HTML/],
  ])("%s", async (_, content, method, sentence) => {
    expect(await oneError(content, method)).toMatch(sentence);
  });

  it.each<[string, Buffer, string]>([
    ["gzip", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 10, 1]), "gunzip"],
    ["Parquet", Buffer.from("PAR1\u0001\u0002\n\u0003"), "Parquet"],
    ["Excel", Buffer.from("PK\u0003\u0004\u0000\n"), "CSV"],
  ])("%s", async (_, bytes, word) => expect(await oneError(bytes)).toContain(word));

  it.each([
    [["prompt", "completion"], ","],
    [["question", "answer"], "\t"],
    [["instruction", "output"], ";"],
  ])("a table with the columns %j parted by %j", async (columns, delimiter) => {
    const message = await oneError(table(columns, delimiter));
    expect(message).toContain(`with the columns ${columns.map((name) => `'${name}'`).join(", ")}`);
    expect(message).toContain("convert");
  });

  it("names the columns of a table that it does not know", async () => {
    expect(await oneError(table(["colour", "weight", "price"], ","))).toMatch(
      /'colour', 'weight', 'price'.*Write one JSON object/,
    );
  });

  it("shows a secret of such a file all the same", async () => {
    const { report } = await examine(
      jsonLines((prompt, completion) => ({ prompt, completion: `${completion} AKIAIOSFODNN7QRSTUVW` })),
    );
    expect(report.warnings.map(({ code }) => code)).toContain("secret");
  });
});

describe("what is left to the rules of the rows", () => {
  it.each<[string, string, Method]>([
    ["chat rows", jsonLines(chatRow), "supervised"],
    ["preference rows", jsonLines(preferenceRow), "dpo"],
    [
      "rows for a grader with keys of other formats",
      jsonLines((content) => ({
        messages: [{ role: "user", content }],
        prompt: "x",
        item: {},
        system: "y",
        text: "z",
        label: 1,
      })),
      "reinforcement",
    ],
  ])("%s", async (_, content, method) => {
    const { report } = await examine(content, { method, model: method === "reinforcement" ? "o4-mini" : "gpt-4.1" });
    expect([report.errorCount, report.examples]).toEqual([0, 12]);
  });

  it("tells a row of another format among chat rows once, on its line", async () => {
    const { report } = await examine(`${jsonLines(chatRow)}{"prompt": "p", "completion": "c"}\n`);
    expect(report.errors.every(({ line }) => line === 13)).toBe(true);
    expect(
      report.errors.filter(({ message }) => message.includes("prompt -> user, completion -> assistant")),
    ).toHaveLength(1);
    expect(report.examples).toBe(13);
  });
});

describe("a value that is nearly right says how it is right", () => {
  const withArguments = (text: string) => ({
    messages: [
      { role: "user", content: "Go." },
      { role: "assistant", tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: text } }] },
    ],
    tools: [{ type: "function", function: { name: "f" } }],
  });
  const withPart = (part: object) => ({
    messages: [
      { role: "user", content: [part] },
      { role: "assistant", content: "Yes." },
    ],
  });
  const thinking = (key: string) => ({
    messages: [
      { role: "user", content: "Go." },
      { role: "assistant", content: "Yes.", [key]: "hm" },
    ],
  });
  it.each<[string, object, string, string]>([
    [
      "arguments encoded twice",
      withArguments(JSON.stringify(JSON.stringify({ a: 1 }))),
      "invalid-tool-call",
      "encoded twice. Decode it once",
    ],
    ["arguments that are a list", withArguments("[1]"), "invalid-tool-call", "decodes to an array"],
    [
      "image_url as a string",
      withPart({ type: "image_url", image_url: "https://example.org/a.jpg" }),
      "invalid-image",
      '{"type": "image_url", "image_url": {"url": "https://..."}}',
    ],
    [
      "a part of the responses interface",
      withPart({ type: "input_text", text: "Hello" }),
      "invalid-content-part",
      '{"type": "text", "text": "..."}',
    ],
    ["thinking", thinking("thinking"), "unknown-key", "--drop thinking"],
    ["reasoning_content", thinking("reasoning_content"), "unknown-key", "model's reasoning"],
  ])("%s", async (_, row, code, text) => {
    const { report } = await examine(`${jsonLines(chatRow)}${JSON.stringify(row)}\n`);
    const found = report.errors.filter((error) => error.code === code);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ line: 13, message: expect.stringContaining(text) });
  });
});

function preferenceRow(question: string, answer: string): object {
  const message = (content: string) => [{ role: "assistant", content }];
  return {
    input: { messages: [{ role: "user", content: question }] },
    preferred_output: message(answer),
    non_preferred_output: message("No."),
  };
}
