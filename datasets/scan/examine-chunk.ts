import { isUtf8 } from "node:buffer";
import { BANDS } from "../rows/sketch";
import type { RuleCode } from "../rules/codes";
import { NOT_UTF8, overlongLine, type RowExaminer } from "../rows/examine-row";
import type { LineReader } from "./read-lines";
import { chunkColumns, type Columns, columnsOf, copyColumns, firstRows } from "./columns";
import { type ChunkResult, KEPT_FINDINGS, NOT_COUNTED } from "./chunk-result";

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Most that a column of lengths holds; such a row is not counted, and never read again. */
const MAX_LENGTH = 0xffffffff;
/** Shorter rows can't be valid; the first guess of how many there are. */
const USUAL_ROW = 256;

/** Examines the lines that start in chunk `index` of a file. A byte order mark at its start is skipped. */
export function examineChunk(index: number, reader: LineReader, examiner: RowExaminer): ChunkResult {
  const lines = reader.read(index);
  const bom = index === 0 && lines[0] === 0xef && lines[1] === 0xbb && lines[2] === 0xbf;
  const bytes = bom ? lines.subarray(3) : lines;
  const chunk = new ChunkBuilder(index, reader.start + (bom ? 3 : 0), bytes.length);
  if (bom) chunk.report("byte-order-mark", "The file starts with a byte order mark. Save it as UTF-8 without one.");
  const valid = isUtf8(bytes);
  for (let start = 0; start < bytes.length; chunk.lines++) {
    const lineBreak = bytes.indexOf(NEWLINE, start);
    const next = lineBreak < 0 ? bytes.length : lineBreak + 1;
    let end = lineBreak < 0 ? bytes.length : lineBreak;
    if (end > start && bytes[end - 1] === CARRIAGE_RETURN && lineBreak >= 0) {
      end--;
      chunk.report("carriage-return", "The line ends with CR LF. Save the file with LF line endings (Unix).");
    }
    examineLine(chunk, bytes, start, end, valid, examiner);
    start = next;
  }
  if (reader.overlong > 0) {
    chunk.startRow(bytes.length, Math.min(reader.overlong, MAX_LENGTH));
    chunk.report("bad-json", overlongLine(reader.overlong));
    chunk.lines++;
    chunk.bytes += reader.overlong;
  }
  return chunk.finish();
}

function examineLine(
  chunk: ChunkBuilder,
  bytes: Buffer,
  start: number,
  end: number,
  valid: boolean,
  examiner: RowExaminer,
): void {
  if (isBlank(bytes, start, end)) return chunk.report("blank-line", "The line is blank. Remove it.");
  chunk.startRow(start, end - start);
  if (!valid && !isUtf8(bytes.subarray(start, end))) return chunk.report("not-utf8", NOT_UTF8);
  examiner.examine(bytes, start, end, chunk.report);
  chunk.endRow(examiner);
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte !== 0x20 && byte !== 0x09 && byte !== CARRIAGE_RETURN) return false;
  }
  return true;
}

class ChunkBuilder {
  lines = 0;
  private rows = 0;
  private capacity: number;
  private columns: Columns<typeof chunkColumns>;
  private readonly findings: ChunkResult["findings"] = {};
  private imageRows = 0;
  private estimatedRows = 0;
  private firstEstimated = -1;

  constructor(
    private readonly index: number,
    private readonly start: number,
    public bytes: number,
  ) {
    this.capacity = Math.ceil(bytes / USUAL_ROW) + 16;
    this.columns = columnsOf(chunkColumns, this.capacity);
  }

  /** Takes a finding about the line at hand. */
  readonly report = (code: RuleCode, message: string, sort?: string): void => {
    const findings = (this.findings[sort === undefined ? code : `${code}: ${sort}`] ??= { code, count: 0, first: [] });
    findings.count++;
    if (findings.first.length < KEPT_FINDINGS) findings.first.push({ line: this.lines, message });
  };

  startRow(offset: number, length: number): void {
    if (this.rows === this.capacity) this.grow();
    const { offsets, lengths, rowLines, totals } = this.columns;
    offsets[this.rows] = offset;
    lengths[this.rows] = length;
    rowLines[this.rows] = this.lines;
    totals[this.rows++] = NOT_COUNTED;
  }

  endRow({ result, sketch }: RowExaminer): void {
    if (!result.counted) return;
    const row = this.rows - 1;
    const { totals, assistants, hashes, bands, systems } = this.columns;
    totals[row] = result.total;
    assistants[row] = result.assistant;
    hashes[2 * row] = sketch.low;
    hashes[2 * row + 1] = sketch.high;
    sketch.writeBands(bands, BANDS * row);
    if (result.images) this.imageRows++;
    if (result.estimated && this.estimatedRows++ === 0) this.firstEstimated = this.lines;
    systems[row] = result.system;
  }

  finish(): ChunkResult {
    const { index, start, bytes, lines, rows, findings, imageRows, estimatedRows, firstEstimated } = this;
    return {
      index,
      start,
      bytes,
      lines,
      rows,
      findings,
      imageRows,
      estimatedRows,
      firstEstimated,
      ...firstRows(chunkColumns, this.columns, rows, true),
    };
  }

  private grow(): void {
    this.capacity *= 2;
    const grown = columnsOf(chunkColumns, this.capacity);
    copyColumns(chunkColumns, this.columns, grown);
    this.columns = grown;
  }
}
