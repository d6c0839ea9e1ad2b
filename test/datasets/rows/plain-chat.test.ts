import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import fc from "fast-check";
import { RowExaminer, type RowResult } from "../../../datasets/rows/examine-row";
import { PlainChat } from "../../../datasets/rows/plain-chat";
import { examineSettings } from "../../../datasets/rows/settings";
import { kernelFor } from "../../../datasets/tokenizer/kernel-for-table";
import { encodingTable } from "../../../datasets/tokenizer/encoding-table";
import { Tokenizer } from "../../../datasets/tokenizer/tokenizer";
import { chat } from "../examine";

let examiners: { quick: RowExaminer; full: RowExaminer };
beforeAll(async () => {
  const table = await encodingTable("o200k_base");
  const settings = examineSettings("gpt-4.1", "supervised");
  examiners = { quick: new RowExaminer(table, settings), full: new RowExaminer(table, settings) };
});

interface Outcome {
  result: RowResult;
  hashes: number[];
  bands: number[];
  found: string[];
}

/** Examines a line; with `inFull` the quick way is barred. */
function outcome(line: string, inFull: boolean): Outcome {
  const examiner = inFull ? examiners.full : examiners.quick;
  const quick = jest.spyOn(PlainChat.prototype, "examine");
  if (inFull) quick.mockReturnValue(false);
  const found: string[] = [];
  const bytes = Buffer.from(line);
  examiner.examine(bytes, 0, bytes.length, (code, message) => found.push(`${code} ${message}`));
  quick.mockRestore();
  const bands = new Uint32Array(8);
  examiner.sketch.writeBands(bands, 0);
  return {
    result: { ...examiner.result },
    hashes: [examiner.sketch.low, examiner.sketch.high],
    bands: [...bands],
    found,
  };
}

describe("PlainChat", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.constantFrom(
      "write to joe@corp.io",
      "sk-abcdefghijklmnopqrstuvwx",
      "+1 415 867 5309 now",
      "\u3000",
      " \n",
      "　日本",
      "\u2028",
      "token = abcdef1234567890abcdef",
    ),
  );
  const turn = fc.tuple(fc.constantFrom("system", "developer", "user", "assistant", "tool"), text);
  const ascii = (line: string) =>
    line.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const spaced = (line: string) => ` ${line.replaceAll('":', '" :\t').replaceAll("},{", "} , {")} `;

  it("comes to the same as reading the row in full", () => {
    fc.assert(
      fc.property(
        fc.array(turn, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(String, ascii, spaced),
        (turns, form) => {
          const line = form(chat(...turns));
          expect(outcome(line, false)).toEqual(outcome(line, true));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("reads ordinary rows", async () => {
    const table = await encodingTable("o200k_base");
    const plain = new PlainChat(kernelFor(table), new Tokenizer(table));
    const reads = (line: string) => plain.examine(Buffer.from(line), 0, Buffer.byteLength(line));
    expect(reads(chat(["system", "s"], ["user", "q"], ["assistant", "a"]))).toBe(true);
    expect(reads(ascii(chat(["user", "質問"], ["assistant", "答えです"])))).toBe(true);
    expect(reads(chat(["user", "q"], ["assistant", ""]))).toBe(false);
    expect(reads(chat(["user", "q"]))).toBe(false);
  });
});
