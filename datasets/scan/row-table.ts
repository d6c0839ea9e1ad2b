import type { ChunkResult } from "./chunk-result";
import { columnsOf, copyColumns, firstRows, rowColumns } from "./columns";

/** Room beyond what the rows so far let expect. Memory that is never written to is not taken from the machine. */
const SPARE = 1.25;

/**
 * What is kept of every row of a file, column by column: 68 bytes each, 64 without the system messages. It grows with
 * the chunks as they come, so that no row is kept twice. Columns have more room than `rows`.
 */
export class RowTable {
  rows = 0;
  /** Line breaks so far. */
  private lineBreaks = 0;
  private bytesDone = 0;
  private capacity = 0;
  private columns = tableColumns(0);

  /** @param bytes - size of the file, to estimate how many rows there will be. */
  constructor(private readonly bytes = 0) {}

  get hashes(): Uint32Array {
    return this.columns.hashes;
  }
  get bands(): Uint32Array {
    return this.columns.bands;
  }
  get totals(): Uint32Array {
    return this.columns.totals;
  }
  get assistants(): Uint32Array {
    return this.columns.assistants;
  }
  get lengths(): Uint32Array {
    return this.columns.lengths;
  }
  /** Hash of the system message; 0 for none. */
  get systems(): Uint32Array {
    return this.columns.systems;
  }
  /** Lines counted from 1. */
  get lines(): Uint32Array {
    return this.columns.lines;
  }
  /** Bytes from the start of the file. */
  get offsets(): Float64Array {
    return this.columns.offsets;
  }

  /** Takes the rows of the next chunk, in the order of the file. */
  append(chunk: ChunkResult): void {
    const { rows } = this;
    this.bytesDone += chunk.bytes;
    this.makeRoom(rows + chunk.rows);
    const { columns } = this;
    copyColumns(rowColumns, chunk, columns, rows);
    for (let i = 0; i < chunk.rows; i++) {
      columns.lines[rows + i] = 1 + this.lineBreaks + chunk.rowLines[i]!;
      columns.offsets[rows + i] = chunk.start + chunk.offsets[i]!;
    }
    this.rows += chunk.rows;
    this.lineBreaks += chunk.lines;
  }

  /** Drops the system messages, which are not needed once they were compared. */
  dropSystems(): void {
    this.columns = { ...this.columns, systems: new Uint32Array(0) };
  }

  /** Whether two rows, perhaps of different files, have the same content. */
  same(row: number, other: RowTable, otherRow: number): boolean {
    return (
      this.hashes[2 * row] === other.hashes[2 * otherRow] && this.hashes[2 * row + 1] === other.hashes[2 * otherRow + 1]
    );
  }

  private makeRoom(rows: number): void {
    if (rows <= this.capacity) return;
    const expected = (rows * Math.max(this.bytes, this.bytesDone)) / Math.max(1, this.bytesDone);
    this.capacity = Math.ceil(expected * SPARE);
    const grown = tableColumns(this.capacity);
    copyColumns(rowColumns, firstRows(rowColumns, this.columns, this.rows, false), grown);
    grown.lines.set(this.columns.lines.subarray(0, this.rows));
    grown.offsets.set(this.columns.offsets.subarray(0, this.rows));
    this.columns = grown;
  }
}

/** The rows' columns, and where they are in the file. */
function tableColumns(rows: number) {
  return { ...columnsOf(rowColumns, rows), lines: new Uint32Array(rows), offsets: new Float64Array(rows) };
}
