import { eachCountedRow } from "../scan/each-row";
import type { RowTable } from "../scan/row-table";
import { SeenRows } from "./seen-rows";
import { BANDS } from "../rows/sketch";

const NONE = -1;

/** For each row of a file the earlier row (or the row of the other file) that it repeats, or -1. */
export interface Repetitions {
  exact: Int32Array;
  /** Rows that might be near: the first and the closest one before. */
  near: Int32Array;
  nearToo: Int32Array;
}

/**
 * Finds repetitions among the rows of a file, or, with `other`, rows that are also in another file. The near ones are candidates:
 * rows with a band in common.
 */
export async function findRepetitions(table: RowTable, other: RowTable = table): Promise<Repetitions> {
  const within = table === other;
  const found: Repetitions = { exact: column(table), near: column(table), nearToo: column(table) };

  const seen = new SeenRows(other.rows);
  const keyOf = (rows: RowTable, row: number) => rows.hashes[2 * row]! ^ rows.hashes[2 * row + 1]!;
  seen.begin((row) => keyOf(other, row));
  if (!within) await keepAll(other, seen, (row) => keyOf(other, row));
  await eachCountedRow(table, (row) => {
    if (!seen.find(keyOf(table, row))) return void (within && seen.keep(row));
    // Rows with one folded key and different hashes are as good as never met; then the pair goes unreported.
    if (table.same(row, other, seen.first)) found.exact[row] = seen.first;
  });

  for (let band = 0; band < BANDS; band++) {
    const bandOf = (row: number) => other.bands[BANDS * row + band]!;
    seen.begin(bandOf);
    if (!within) await keepAll(other, seen, bandOf);
    await eachCountedRow(table, (row) => {
      const key = table.bands[BANDS * row + band]!;
      // An exact repetition already has its finding.
      if (key === 0) return;
      const known = seen.find(key);
      if (known && found.exact[row] === NONE) {
        const { near, nearToo } = found;
        if (near[row] === NONE || seen.first < near[row]!) near[row] = seen.first;
        if (seen.last > nearToo[row]!) nearToo[row] = seen.last;
      }
      if (within) seen.keep(row);
    });
  }
  return found;
}

function column(table: RowTable): Int32Array {
  return new Int32Array(table.rows).fill(NONE);
}

async function keepAll(table: RowTable, seen: SeenRows, keyOf: (row: number) => number): Promise<void> {
  await eachCountedRow(table, (row) => {
    seen.find(keyOf(row));
    seen.keep(row);
  });
}
