import { setImmediate } from "node:timers/promises";
import { NOT_COUNTED } from "../scan/chunk-result";
import type { RowTable } from "./row-table";
import { SeenRows } from "./seen-rows";
import { BANDS } from "./sketch";

/** Rows looked at before other work of the process goes on. */
const ROWS_PER_SLICE = 1 << 16;
const NONE = -1;

/** For each row of a file the earlier row (or the row of the other file) that it repeats, or -1. */
export interface Repetitions {
  exact: Int32Array;
  /** Rows that might be near: the first and the closest one before. */
  near: Int32Array;
  nearToo: Int32Array;
}

/**
 * Finds repetitions among the rows of a file, or, with `other`, rows that stand in another file too. The near ones are candidates:
 * rows with a band in common.
 */
export async function findRepetitions(table: RowTable, other: RowTable = table): Promise<Repetitions> {
  const within = table === other;
  const found: Repetitions = { exact: column(table), near: column(table), nearToo: column(table) };

  const seen = new SeenRows(other.rows, (row) => other.hashes[2 * row]! ^ other.hashes[2 * row + 1]!);
  const keyOf = (rows: RowTable, row: number) => rows.hashes[2 * row]! ^ rows.hashes[2 * row + 1]!;
  if (!within) await keepAll(other, seen, (row) => keyOf(other, row));
  await eachRow(table, (row) => {
    if (!seen.find(keyOf(table, row))) return void (within && seen.keep(row));
    // Rows with one folded key and different hashes are as good as never met; then the pair goes unreported.
    if (table.same(row, other, seen.first)) found.exact[row] = seen.first;
  });

  for (let band = 0; band < BANDS; band++) {
    const bandOf = (row: number) => other.bands[BANDS * row + band]!;
    const bucket = new SeenRows(other.rows, bandOf);
    if (!within) await keepAll(other, bucket, bandOf);
    await eachRow(table, (row) => {
      const key = table.bands[BANDS * row + band]!;
      // A row that stands there word for word has its finding.
      if (key === 0) return;
      const known = bucket.find(key);
      if (known && found.exact[row] === NONE) {
        const { near, nearToo } = found;
        if (near[row] === NONE || bucket.first < near[row]!) near[row] = bucket.first;
        if (bucket.last > nearToo[row]!) nearToo[row] = bucket.last;
      }
      if (within) bucket.keep(row);
    });
  }
  return found;
}

function column(table: RowTable): Int32Array {
  return new Int32Array(table.rows).fill(NONE);
}

async function keepAll(table: RowTable, seen: SeenRows, keyOf: (row: number) => number): Promise<void> {
  await eachRow(table, (row) => {
    seen.find(keyOf(row));
    seen.keep(row);
  });
}

/** Visits the rows that could be counted, which alone have hashes. */
async function eachRow(table: RowTable, visit: (row: number) => void): Promise<void> {
  for (let row = 0; row < table.rows; row++) {
    if (row % ROWS_PER_SLICE === ROWS_PER_SLICE - 1) await setImmediate();
    if (table.totals[row] !== NOT_COUNTED) visit(row);
  }
}
