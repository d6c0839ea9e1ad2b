import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { examineDataset } from "../../../datasets";
import { datasetPath, namesIn } from "../../../datasets/sources";
import { temporaryFolder } from "../../support/temporary-folder";

const model = "gpt-4o-mini-2024-07-18";
const row = (question: string) =>
  JSON.stringify({
    messages: [
      { role: "user", content: question },
      { role: "assistant", content: `About ${question}` },
    ],
  });
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => row(`topic number ${from + i}`)).join("\n");
const examine = (name: string) =>
  examineDataset({ path: name, role: "training", model, method: "supervised", cache: false });

it("a folder is what its files are as one", async () => {
  const folder = temporaryFolder("sets");
  mkdirSync(path.join(folder, "set"));
  writeFileSync(path.join(folder, "set/b.jsonl"), `${rows(20, 10)}\n`);
  writeFileSync(path.join(folder, "set/a.jsonl"), rows(0, 12));
  writeFileSync(path.join(folder, "set/notes.txt"), "not a row");
  writeFileSync(path.join(folder, "one.jsonl"), `${rows(0, 12)}\n${rows(20, 10)}\n`);
  const [whole, several, list] = await Promise.all([
    examine(path.join(folder, "one.jsonl")),
    examine(`${path.join(folder, "set")}/`),
    examine(datasetPath([path.join(folder, "set/a.jsonl"), path.join(folder, "set/b.jsonl")])),
  ]);
  const { path: _, warnings: __, ...facts } = whole.report;
  expect(several.report).toMatchObject(facts);
  expect(list.report).toMatchObject(facts);
  expect(several.report).toMatchObject({ examples: 22, errorCount: 0 });
});

it("findings name the file and the line in it", async () => {
  const folder = temporaryFolder("sets");
  const [a, b] = [path.join(folder, "a.jsonl"), path.join(folder, "b.jsonl")];
  writeFileSync(a, rows(0, 12));
  writeFileSync(b, `${row("topic number 3")}\nnot JSON\n`);
  const { report, kinds } = await examine(datasetPath([a, b]));
  expect(report.errors).toEqual([expect.objectContaining({ code: "bad-json", file: b, line: 2 })]);
  const [repeated] = kinds.filter(({ code }) => code === "exact-duplicate");
  expect(repeated?.first).toEqual([
    { file: b, line: 1, message: expect.stringContaining(`the one on line 4 of ${a},`) },
  ]);
});

it.each([
  ["nothing/", "There is no folder 'nothing/'"],
  ["README.md + nothing.jsonl", "There is no file 'nothing.jsonl'"],
  ["datasets + README.md", "to use all JSONL files in it, write 'datasets/'"],
  [
    "data/*.jsonl",
    "Patterns are not supported. To use all JSONL files directly in a folder, end it with a slash ('data/')",
  ],
  ["*.jsonl", "end it with a slash ('./'); otherwise, list the files."],
  ["data/set-[ab].jsonl", "end it with a slash ('data/')"],
  ["data/*/", "There is no folder 'data/*/'"],
  ["data/**/{a,b}.jsonl", "end it with a slash ('data/')"],
  ["https://contosodata.blob.core.windows.net/sets/a.jsonl", "is in Blob Storage, which this command doesn't read"],
])("%s is refused", async (name, sentence) => {
  const { report } = await examine(name);
  expect(report.errors).toEqual([{ code: "file-missing", line: 0, message: expect.stringContaining(sentence) }]);
});

it("a file that was named like a list before lists were known is still that file", () => {
  const folder = temporaryFolder("sets");
  const name = path.join(folder, "a + b.jsonl");
  expect(namesIn(name)).toHaveLength(2);
  writeFileSync(name, "");
  expect(namesIn(name)).toEqual([name]);
});

it("a file whose name looks like a pattern is that file", async () => {
  const file = path.join(temporaryFolder("sets"), "rows [1].jsonl");
  writeFileSync(file, rows(0, 12));
  expect((await examine(file)).report).toMatchObject({ examples: 12, errorCount: 0 });
});
