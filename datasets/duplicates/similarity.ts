import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { RowExaminer } from "../rows/examine-row";
import type { RowTable } from "../scan/row-table";
import { ShingleSet } from "./shingle-set";
import { BANDS } from "../rows/sketch";

/** Similarity from which two examples are near duplicates. */
export const NEAR = 0.8;
/** Pairs compared exactly; after them, the sketches decide. */
const EXACT_COMPARISONS = 2000;
/** Of pairs that sketches call near, where sketches are mostly wrong: some seconds at most. */
const MOST_COMPARISONS = 20_000;
/** Bands in common from which the sketches say near: with similarity 0.8, 3.3 of 8 are expected. */
const NEAR_BANDS = 3;
/** Sets of shingles kept: many rows are compared with the same first one. */
const KEPT_SETS = 32;

/** The rows of one file, to read some of them again. */
export interface ReadableRows {
  table: RowTable;
  handle: FileHandle;
  /** Names a line, counted from 1: `line 12`. */
  lineOf: (line: number) => string;
}

/** The shingles of a row, each once and in ascending order: its own, and those that most examples share. */
interface Shingles {
  own: Uint32Array;
  common: Uint32Array;
}

/** Compares rows by their shingles, which it reads from the files again. */
export class Similarity {
  private comparisons = 0;
  /** Pairs that the sketches call near, and how many of them are. */
  private sketched = 0;
  private confirmed = 0;
  private readonly kept = new Map<string, Shingles>();

  constructor(private readonly examiner: RowExaminer) {}

  /** Similarity of two rows if they are near; `undefined` if they aren't. */
  near(a: ReadableRows, row: number, b: ReadableRows, other: number): number | undefined {
    const bySketch = nearBySketch(a.table, row, b.table, other);
    if (this.comparisons >= EXACT_COMPARISONS) {
      const trusted = 2 * this.confirmed >= this.sketched;
      if (bySketch === undefined || trusted) return bySketch;
      // Where sketches are mostly wrong, as with rows of few words of their own, they only choose what is compared.
      if (this.comparisons >= MOST_COMPARISONS) return undefined;
    }
    this.comparisons++;
    const similarity = similarityOf(this.shingles(a, row), this.shingles(b, other));
    const near = similarity >= NEAR;
    if (bySketch !== undefined) {
      this.sketched++;
      if (near) this.confirmed++;
    }
    return near ? similarity : undefined;
  }

  private shingles({ table, handle }: ReadableRows, row: number): Shingles {
    const key = `${handle.fd}:${row}`;
    const kept = this.kept.get(key);
    if (kept) return kept;
    const bytes = Buffer.alloc(table.lengths[row]!);
    // It was read a moment ago: to wait for a thread that reads takes longer than the reading.
    readSync(handle.fd, bytes, 0, bytes.length, table.offsets[row]!);
    const own = new ShingleSet();
    const commonOnes = new ShingleSet();
    this.examiner.examine(
      bytes,
      0,
      bytes.length,
      () => undefined,
      (shingle, common) => (common ? commonOnes : own).add(shingle),
    );
    const shingles: Shingles = { own: own.sorted(), common: commonOnes.sorted() };
    if (this.kept.size === KEPT_SETS) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(key, shingles);
    return shingles;
  }
}

/**
 * Jaccard similarity of the shingles, without those that both rows have and most other rows too. One that most rows have, and one of the
 * two has not, counts as a difference: it is where templates differ.
 */
function similarityOf(a: Shingles, b: Shingles): number {
  const same = shared(a.own, b.own);
  const different = a.common.length + b.common.length - 2 * shared(a.common, b.common);
  return same / (a.own.length + b.own.length - same + different);
}

/** How many numbers are in both of two ascending lists. */
function shared(a: Uint32Array, b: Uint32Array): number {
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const left = a[i]!;
    const right = b[j]!;
    if (left === right) count++;
    // Without a branch, which the processor would predict wrongly half of the time.
    i += Number(left <= right);
    j += Number(right <= left);
  }
  return count;
}

function nearBySketch(a: RowTable, row: number, b: RowTable, other: number): number | undefined {
  let common = 0;
  for (let band = 0; band < BANDS; band++) if (a.bands[BANDS * row + band] === b.bands[BANDS * other + band]) common++;
  // Of four minima each, which agree with the probability of the similarity.
  return common >= NEAR_BANDS ? Math.max(NEAR, (common / BANDS) ** (1 / 4)) : undefined;
}
