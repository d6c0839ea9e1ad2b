import { createReadStream } from "node:fs";
import { readTrainingRow, type TrainingRow } from "./training-row";

/**
 * Rows of a stored file, one after the other. The file has passed its check, so every line is a row or blank.
 * @param countBytes - called with the bytes of each row's line, without its end
 */
export async function* readRows(path: string, countBytes?: (bytes: number) => void): AsyncGenerator<TrainingRow> {
  for await (const line of linesOf(path)) {
    const text = line.replace(/^\uFEFF/, "").trim();
    if (text !== "") {
      countBytes?.(Buffer.byteLength(text));
      yield readTrainingRow(text);
    }
  }
}

/** Ends lines where the check does: at line feeds alone. Node's readline knows other ends, which a row may contain. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      yield Buffer.concat([...pending, chunk.subarray(start, end)]).toString("utf8");
      pending = [];
      start = end + 1;
    }
    pending.push(chunk.subarray(start));
  }
  yield Buffer.concat(pending).toString("utf8");
}
