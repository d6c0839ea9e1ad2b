import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { saveExample } from "../../playground/example-file";
import { UserError } from "../../stack/command";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "examples-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const model = "gpt-4o-mini-2024-07-18";
const messages = [
  { role: "user" as const, content: "What is a token?" },
  { role: "assistant" as const, content: "A piece of text." },
];
const row = `${JSON.stringify({ messages })}\n`;
const save = (file: string, what = messages) =>
  saveExample({ folder, model, inUse: [path.join(folder, "in-use.jsonl")] }, { file, messages: what });

describe("a valid conversation", () => {
  it("becomes the first row of a new file", async () => {
    const saved = await save("mine.jsonl");
    expect(saved).toMatchObject({ file: "mine.jsonl", examples: 1 });
    expect(saved.tokens).toBeGreaterThan(10);
    expect(readFileSync(path.join(folder, "mine.jsonl"), "utf8")).toBe(row);
  });

  it("warns that the stack trains with the file", async () => {
    const { notes } = await save("in-use.jsonl");
    expect(notes[0]).toBe(
      "The stack trains on this file, so the next up will train again; you will be charged for that training.",
    );
  });

  it("goes into a file whose name only looks like a way out", async () => {
    expect(await save("..mine.jsonl")).toMatchObject({ file: "..mine.jsonl", examples: 1 });
  });

  it.each([
    ["rows that end as they should", row],
    ["a last row without a line end", row.trimEnd()],
  ])("is appended after %s", async (_what, before) => {
    writeFileSync(path.join(folder, "mine.jsonl"), before);
    expect((await save("mine.jsonl")).examples).toBe(2);
    expect(readFileSync(path.join(folder, "mine.jsonl"), "utf8")).toBe(row + row);
  });
});

describe("is refused with a sentence, and nothing is written", () => {
  it.each([
    ["another ending", "mine.txt", /must end in \.jsonl/],
    ["a path out of the folder", "../mine.jsonl", /is outside \S/],
    ["an absolute path elsewhere", path.join(tmpdir(), "mine.jsonl"), /is outside \S/],
    ["a folder that isn't there", "no/mine.jsonl", /There is no folder no/],
    ["a folder of that name", "folder.jsonl", /is not a file/],
    ["a link out of the folder", "link.jsonl", /is outside \S/],
    ["a link out of the folder to a file that isn't there yet", "dangling.jsonl", /is a broken symbolic link/],
    ["a name with a NUL", "a\0.jsonl", /can't be a file's name/],
    ["a name that is too long", `${"x".repeat(400)}.jsonl`, /can't be written: .*too long/],
  ])("%s", async (_what, file, sentence) => {
    mkdirSync(path.join(folder, "folder.jsonl"));
    symlinkSync("/etc/hostname", path.join(folder, "link.jsonl"));
    const elsewhere = path.join(tmpdir(), `elsewhere-${process.pid}.jsonl`);
    symlinkSync(elsewhere, path.join(folder, "dangling.jsonl"));
    const refusal = save(file);
    await expect(refusal).rejects.toThrow(UserError);
    await expect(refusal).rejects.toThrow(sentence);
    expect(existsSync(elsewhere)).toBe(false);
  });

  it("a conversation without an answer", async () => {
    await expect(save("mine.jsonl", messages.slice(0, 1))).rejects.toThrow("There is no answer to save yet.");
  });

  it("a model that the dataset check doesn't know, as of a stack without datasets yet", async () => {
    const unknown = saveExample({ folder, model: "", inUse: [] }, { file: "mine.jsonl", messages });
    await expect(unknown).rejects.toThrow(UserError);
    expect(existsSync(path.join(folder, "mine.jsonl"))).toBe(false);
  });

  it("an example that the dataset check refuses", async () => {
    const endless = [messages[0]!, { role: "assistant" as const, content: "word ".repeat(140_000) }];
    await expect(save("mine.jsonl", endless)).rejects.toThrow(/not a valid training example: /);
    expect(() => readFileSync(path.join(folder, "mine.jsonl"))).toThrow("ENOENT");
  });
});
