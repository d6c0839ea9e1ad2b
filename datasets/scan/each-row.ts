import { setImmediate } from "node:timers/promises";
import { NOT_COUNTED } from "./chunk-result";
import type { RowTable } from "./row-table";

/** Rows looked at before other work of the process continues: some 5 ms. */
const ROWS_PER_SLICE = 1 << 16;

/** Visits the rows that could be counted, which alone have hashes and tokens. */
export async function eachCountedRow(table: RowTable, visit: (row: number) => void): Promise<void> {
  for (let row = 0; row < table.rows; row++) {
    if (row % ROWS_PER_SLICE === ROWS_PER_SLICE - 1) await setImmediate();
    if (table.totals[row] !== NOT_COUNTED) visit(row);
  }
}
