import { BANDS } from "../rows/sketch";

/** What is kept of every row, column by column, in a chunk and in the table of a whole file: entries per row. */
export const rowColumns = {
  /** Length in bytes. */
  lengths: 1,
  /** Tokens; NOT_COUNTED for a row that could not be counted. */
  totals: 1,
  assistants: 1,
  /** Hash of the content in two halves. */
  hashes: 2,
  /** Keys by which similar rows are found. */
  bands: BANDS,
  /** Hash of the system message; 0 for none. */
  systems: 1,
} as const;

/** The columns of a chunk: where its rows are is counted from its start. */
export const chunkColumns = {
  ...rowColumns,
  /** Bytes from the start of the chunk. */
  offsets: 1,
  /** Line breaks from the start of the chunk. */
  rowLines: 1,
} as const;

type Widths = Record<string, number>;
/** One typed array for each column. */
export type Columns<W extends Widths> = Record<keyof W, Uint32Array>;

/** Empty columns with room for so many rows. */
export function columnsOf<W extends Widths>(widths: W, rows: number): Columns<W> {
  return mapColumns(widths, (_, width) => new Uint32Array(width * rows));
}

/** Copies rows of `from` to the columns of the same names, where the first of them becomes row `row`. */
export function copyColumns<W extends Widths>(widths: W, from: Columns<W>, to: Columns<W>, row = 0): void {
  for (const [name, width] of Object.entries(widths) as [keyof W, number][]) to[name].set(from[name], row * width);
}

/** The first rows. `copied`: without the room after them, which a part of the same memory would keep. */
export function firstRows<W extends Widths>(widths: W, columns: Columns<W>, rows: number, copied: boolean): Columns<W> {
  return mapColumns(widths, (name, width) =>
    copied ? columns[name].slice(0, width * rows) : columns[name].subarray(0, width * rows),
  );
}

function mapColumns<W extends Widths>(widths: W, make: (name: keyof W, width: number) => Uint32Array): Columns<W> {
  const entries = Object.entries(widths).map(([name, width]) => [name, make(name, width)]);
  return Object.fromEntries(entries) as Columns<W>;
}
