import { expect, it } from "@jest/globals";
import { RowExaminer } from "../../../datasets/rows/examine-row";
import { examineSettings } from "../../../datasets/rows/settings";
import { encodingTable } from "../../../datasets/tokenizer/encoding-table";

async function findingsOf(row: string, maxRowBytes?: number): Promise<string[]> {
  const found: string[] = [];
  const settings = examineSettings("gpt-4.1", "supervised");
  const examiner = new RowExaminer(await encodingTable("o200k_base"), settings, undefined, maxRowBytes);
  const bytes = Buffer.from(row);
  examiner.examine(bytes, 0, bytes.length, (_, message) => found.push(message));
  return found;
}

it("names a row that is longer than any string, which JSON.parse could not be given", async () => {
  const row = '{"messages": [], "x": "long"}';
  expect(await findingsOf(row, 20)).toEqual([
    "The line has 29 bytes, more than JSON readers accept. Write one example per line.",
  ]);
});

it("counts columns as an editor does", async () => {
  expect(await findingsOf('{"é日😀": x}')).toEqual([expect.stringContaining("Invalid JSON at column 10: ")]);
});
