import { isUtf8 } from "node:buffer";
import { fstatSync, readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { RowExaminer } from "../rows/examine-row";

/** Rows looked at, spread evenly over the file. */
const SAMPLE = 256;
const ROW_BITS = 8;
/** Files up to this size are read as a whole for the sample. */
const WHOLE_BYTES = 1 << 20;
/** A row that is longer is not looked at: with few such rows there is hardly a template, and many would take long. */
const LONGEST_ROW = 1 << 18;
const READ_BYTES = 1 << 14;
/** Enough to recognize a template; some 0.1 s. */
const SAMPLE_BYTES = 8 << 20;
/** Before other work of the process continues. */
const ROWS_PER_SLICE = 32;
/** Common shingles that are recorded: half of the kernel's slots. */
const MAX_COMMON = 1 << 13;
const NEWLINE = 0x0a;

/**
 * The shingles that most examples of a file share, or many of a large one: the text of a template, which says nothing of how near two
 * examples are. From a sample that depends on the content alone, so that every mode of reading finds the same.
 */
export async function commonShingles(fd: number, examiner: RowExaminer): Promise<Uint32Array> {
  const occurrences = new Map<number, number>();
  let rows = 0;
  let bytes = 0;
  // How many rows have a shingle and, in the low bits, which was the last of them: of each row it counts once.
  const count = (shingle: number) => {
    const known = occurrences.get(shingle);
    if (known === undefined) occurrences.set(shingle, (1 << ROW_BITS) | rows);
    else if ((known & (SAMPLE - 1)) !== rows) occurrences.set(shingle, (((known >> ROW_BITS) + 1) << ROW_BITS) | rows);
  };
  for (const row of sampleRows(fd)) {
    bytes += row.length;
    if (bytes > SAMPLE_BYTES) break;
    if (rows % ROWS_PER_SLICE === 0) await setImmediate();
    if (!isUtf8(row)) continue;
    let has = false;
    examiner.examine(
      row,
      0,
      row.length,
      () => undefined,
      (shingle) => {
        has = true;
        count(shingle);
      },
    );
    if (has) rows++;
  }
  const least = leastShared(rows) << ROW_BITS;
  const common: [shingle: number, found: number][] = [];
  for (const [shingle, found] of occurrences) if (found >= least) common.push([shingle, found]);
  if (common.length > MAX_COMMON) common.sort((a, b) => b[1] - a[1]).length = MAX_COMMON;
  return Uint32Array.from(common, ([shingle]) => shingle);
}

/**
 * In how many of the rows a shingle is common: in more than half; in a quarter where that is 16 or more, since files are made of more than
 * one template. In a handful of rows, in all of them: two that are near each other are soon the half of it.
 */
function leastShared(rows: number): number {
  const most = Math.max(3, Math.min(rows, 6), Math.floor(rows / 2) + 1);
  return Math.min(most, Math.max(16, Math.ceil(rows / 4)));
}

function* sampleRows(fd: number): Generator<Buffer> {
  const { size } = fstatSync(fd);
  if (size <= WHOLE_BYTES) {
    const rows = [...linesOf(read(fd, 0, size))];
    const step = Math.max(1, rows.length / SAMPLE);
    for (let at = 0; at < rows.length; at += step) yield rows[Math.floor(at)]!;
    return;
  }
  let behind = 0;
  for (let i = 0; i < SAMPLE; i++) {
    const position = Math.max(behind, Math.floor((size / SAMPLE) * i));
    const row = rowFrom(fd, position, size);
    if (!row) continue;
    behind = row.end;
    yield row.bytes;
  }
}

function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length;) {
    const lineBreak = bytes.indexOf(NEWLINE, start);
    const end = lineBreak < 0 ? bytes.length : lineBreak;
    if (end > start) yield bytes.subarray(start, end);
    start = end + 1;
  }
}

/** The first line that starts after `position` and isn't too long. */
function rowFrom(fd: number, position: number, size: number): { bytes: Buffer; end: number } | undefined {
  for (let length = READ_BYTES; ; length *= 2) {
    const bytes = read(fd, position, Math.min(length, size - position));
    const start = position === 0 ? 0 : bytes.indexOf(NEWLINE) + 1;
    const found = start > 0 || position === 0 ? bytes.indexOf(NEWLINE, start) : -1;
    if (found > start) return { bytes: bytes.subarray(start, found), end: position + found };
    if (length > LONGEST_ROW || position + length >= size) return undefined;
  }
}

function read(fd: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const bytes = readSync(fd, buffer, done, length - done, position + done);
    if (bytes === 0) break;
    done += bytes;
  }
  return buffer.subarray(0, done);
}
