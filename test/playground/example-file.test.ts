import { mkdtempSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { saveExample } from "../../playground/example-file";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "examples-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const model = "gpt-4o-mini-2024-07-18";
const messages = [
  { role: "user" as const, content: "What is a token?" },
  { role: "assistant" as const, content: "A piece of text." },
];
const row = `${JSON.stringify({ messages })}\n`;
const save = (file: string, what = messages) => saveExample({ folder, model }, { file, messages: what });

describe("a valid conversation", () => {
  it("becomes the first row of a new file", async () => {
    const saved = await save("mine.jsonl");
    expect(saved).toMatchObject({ file: "mine.jsonl", examples: 1 });
    expect(saved.tokens).toBeGreaterThan(10);
    expect(readFileSync(join(folder, "mine.jsonl"), "utf8")).toBe(row);
  });

  it.each([
    ["rows that end as they should", row],
    ["a last row without a line end", row.trimEnd()],
  ])("is appended after %s", async (_what, before) => {
    writeFileSync(join(folder, "mine.jsonl"), before);
    expect((await save("mine.jsonl")).examples).toBe(2);
    expect(readFileSync(join(folder, "mine.jsonl"), "utf8")).toBe(row + row);
  });
});

describe("is refused with a sentence, and nothing is written", () => {
  it.each([
    ["another ending", "mine.txt", /must end in \.jsonl/],
    ["a path out of the folder", "../mine.jsonl", /is outside of/],
    ["an absolute path elsewhere", join(tmpdir(), "mine.jsonl"), /is outside of/],
    ["a folder that isn't there", "no/mine.jsonl", /There is no folder no/],
    ["a folder of that name", "folder.jsonl", /is not a file/],
    ["a link out of the folder", "link.jsonl", /is outside of/],
  ])("%s", async (_what, file, sentence) => {
    mkdirSync(join(folder, "folder.jsonl"));
    symlinkSync("/etc/hostname", join(folder, "link.jsonl"));
    await expect(save(file)).rejects.toThrow(sentence);
  });

  it("a conversation without an answer", async () => {
    await expect(save("mine.jsonl", messages.slice(0, 1))).rejects.toThrow("There is no answer to save yet.");
  });

  it("an example that the dataset check refuses", async () => {
    const endless = [messages[0]!, { role: "assistant" as const, content: "word ".repeat(140_000) }];
    await expect(save("mine.jsonl", endless)).rejects.toThrow(/no valid training example: /);
    expect(() => readFileSync(join(folder, "mine.jsonl"))).toThrow("ENOENT");
  });
});
