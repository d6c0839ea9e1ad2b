import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { RowExaminer } from "../rows/examine-row";
import type { RowTable } from "./row-table";
import { BANDS } from "./sketch";

/** Jaccard similarity of the shingles from which two examples are near duplicates. */
export const NEAR = 0.8;
/** Pairs compared exactly; behind them, the sketches decide. */
const EXACT_COMPARISONS = 2000;
/** Bands in common from which the sketches say near: with similarity 0.8, 3.3 of 8 are expected. */
const NEAR_BANDS = 3;
/** Sets of shingles kept: many rows are compared with the same first one. */
const KEPT_SETS = 32;

/** The rows of one file, to read some of them again. */
export interface ReadableRows {
  table: RowTable;
  handle: FileHandle;
}

/** Compares rows by their shingles, which it reads from the files again. */
export class Similarity {
  private comparisons = 0;
  private readonly sets = new Map<string, Set<number>>();

  constructor(private readonly examiner: RowExaminer) {}

  /** Jaccard similarity of two rows if they are near; `undefined` if they aren't. */
  near(a: ReadableRows, row: number, b: ReadableRows, other: number): number | undefined {
    if (this.comparisons >= EXACT_COMPARISONS) return nearBySketch(a.table, row, b.table, other);
    this.comparisons++;
    const first = this.shingles(a, row);
    const second = this.shingles(b, other);
    let common = 0;
    for (const shingle of first) if (second.has(shingle)) common++;
    const similarity = common / (first.size + second.size - common);
    return similarity >= NEAR ? similarity : undefined;
  }

  private shingles({ table, handle }: ReadableRows, row: number): Set<number> {
    const key = `${handle.fd}:${row}`;
    const kept = this.sets.get(key);
    if (kept) return kept;
    const bytes = Buffer.alloc(table.lengths[row]!);
    // It was read a moment ago: to wait for a thread that reads takes longer than the reading.
    readSync(handle.fd, bytes, 0, bytes.length, table.offsets[row]!);
    const shingles = new Set<number>();
    this.examiner.examine(
      bytes,
      0,
      bytes.length,
      () => undefined,
      (shingle) => shingles.add(shingle),
    );
    if (this.sets.size === KEPT_SETS) this.sets.delete(this.sets.keys().next().value!);
    this.sets.set(key, shingles);
    return shingles;
  }
}

function nearBySketch(a: RowTable, row: number, b: RowTable, other: number): number | undefined {
  let common = 0;
  for (let band = 0; band < BANDS; band++) {
    if (a.bands[BANDS * row + band] === b.bands[BANDS * other + band]) common++;
  }
  // Of four minima each, which agree with the probability of the similarity.
  return common >= NEAR_BANDS ? Math.max(NEAR, (common / BANDS) ** (1 / 4)) : undefined;
}
