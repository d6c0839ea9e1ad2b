import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readRows } from "../../../src/data-plane/rows/read-rows";
import { chatRow } from "../examples";

describe("readRows", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "local-azure-rows-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const questionsIn = async (text: string) => {
    const file = path.join(folder, "rows.jsonl");
    writeFileSync(file, text);
    const found = [];
    for await (const { messages } of readRows(file)) found.push(messages[1]!.text);
    return found;
  };
  const row = (question: string) => chatRow(question, "a");

  // The check of uploads ends lines at line feeds alone; what it has let through must be readable.
  it.each<[string, string, string[]]>([
    ["byte order mark, CRLF, blank lines, no end", `\uFEFF${row("q")}\r\n\r\n \n${row("r")}`, ["q", "r"]],
    ["a carriage return between members", row("q").replace(":", ":\r"), ["q"]],
    ["line separators of Unicode", row("a\u2028b\u2029c\u0085d"), ["a\u2028b\u2029c\u0085d"]],
    ["a row over several chunks", `${row("質".repeat(100_000))}\n${row("r")}\n`, ["質".repeat(100_000), "r"]],
    ["nothing", "", []],
  ])("reads %s", async (_, text, questions) => {
    expect(await questionsIn(text)).toEqual(questions);
  });
});
