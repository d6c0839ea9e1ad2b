import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { readTrainingRow, type TrainingRow } from "../files/training-row";

/** Rows of a stored file, one after the other. The file has passed its check, so every line is a row or blank. */
export async function* readRows(path: string): AsyncGenerator<TrainingRow> {
  const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity });
  for await (const line of lines) {
    const text = line.replace(/^\uFEFF/, "").trim();
    if (text !== "") {
      yield readTrainingRow(text);
    }
  }
}
