import type { ChunkResult } from "../scan/chunk-result";
import { BANDS } from "./sketch";

/** What is kept of every row of a file, column by column: 64 bytes each. */
export class RowTable {
  readonly rows: number;
  readonly hashes: Uint32Array;
  readonly bands: Uint32Array;
  readonly totals: Uint32Array;
  readonly assistants: Uint32Array;
  readonly lengths: Uint32Array;
  /** Lines counted from 1. */
  readonly lines: Uint32Array;
  /** Bytes from the start of the file. */
  readonly offsets: Float64Array;

  /** Takes the columns over: the chunks are left without them, so that no row is kept twice. */
  constructor(chunks: ChunkResult[]) {
    this.rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
    this.bands = joined(chunks, "bands", BANDS * this.rows);
    this.hashes = joined(chunks, "hashes", 2 * this.rows);
    this.totals = joined(chunks, "totals", this.rows);
    this.assistants = joined(chunks, "assistants", this.rows);
    this.lengths = joined(chunks, "lengths", this.rows);
    this.lines = new Uint32Array(this.rows);
    this.offsets = new Float64Array(this.rows);
    let row = 0;
    let line = 1;
    for (const chunk of chunks) {
      for (let i = 0; i < chunk.rows; i++, row++) {
        this.lines[row] = line + chunk.rowLines[i]!;
        this.offsets[row] = chunk.start + chunk.offsets[i]!;
      }
      line += chunk.lines;
      chunk.rowLines = chunk.offsets = nothing;
    }
  }

  /** Whether two rows, perhaps of different files, have the same content. */
  same(row: number, other: RowTable, otherRow: number): boolean {
    return (
      this.hashes[2 * row] === other.hashes[2 * otherRow] && this.hashes[2 * row + 1] === other.hashes[2 * otherRow + 1]
    );
  }
}

const nothing = new Uint32Array(0);

function joined(
  chunks: ChunkResult[],
  name: "bands" | "hashes" | "totals" | "assistants" | "lengths",
  length: number,
): Uint32Array {
  const column = new Uint32Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    column.set(chunk[name], offset);
    offset += chunk[name].length;
    chunk[name] = nothing;
  }
  return column;
}
