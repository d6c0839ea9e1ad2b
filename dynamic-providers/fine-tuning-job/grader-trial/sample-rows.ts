import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { type CheckedDataset, readContent, type RemoteStore } from "../../../datasets/sources";

/** A row that the grader is tried on. */
export interface SampleRow {
  /** Its line in the dataset, from 1. */
  line: number;
  item: Record<string, unknown>;
}

/** Read at once: the first rows are few. */
const BLOCK = 1 << 16;

/** The first rows of a dataset; no more of it is read. @throws Error where it can't be read, or has changed since it was checked */
export async function sampleRows(data: CheckedDataset, most: number, remote: RemoteStore): Promise<SampleRow[]> {
  const content = Readable.from(readContent(data, remote, BLOCK));
  const rows: SampleRow[] = [];
  let line = 0;
  try {
    for await (const text of createInterface({ input: content, crlfDelay: Infinity })) {
      if (rows.length >= most) break;
      line += 1;
      const item = parsed(line === 1 ? text.replace(/^\uFEFF/, "") : text);
      if (item) rows.push({ line, item });
    }
  } finally {
    content.destroy();
  }
  return rows;
}

/** What is no row, the dataset's check has said already. */
function parsed(text: string): Record<string, unknown> | undefined {
  if (text.trim() === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
