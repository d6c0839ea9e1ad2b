import type { chunkColumns, Columns } from "./columns";
import type { RuleCode } from "../rules/codes";

/** A rule's code, or with what distinguishes a sort of its findings: `secret: an AWS access key id`. */
export type FindingSort = string;

/** Findings of one sort in one chunk: all are counted, the first are kept. */
export interface ChunkFindings {
  code: RuleCode;
  count: number;
  /** Lines counted from the start of the chunk, beginning with 0. */
  first: { line: number; message: string }[];
}

/** What examining a chunk of a file gives: plain data and typed arrays, which travel between threads without a copy. */
export interface ChunkResult extends Columns<typeof chunkColumns> {
  index: number;
  /** Where its first line starts: bytes from the start of the file. */
  start: number;
  /** Bytes of the lines that start in the chunk; the last one may reach over its end. */
  bytes: number;
  /** Line breaks. */
  lines: number;
  /** Rows that are not blank: the columns have their entries. */
  rows: number;
  findings: Partial<Record<FindingSort, ChunkFindings>>;
  imageRows: number;
  estimatedRows: number;
  firstEstimated: number;
}

/** Value in `totals` of a row without a count. */
export const NOT_COUNTED = 0xffffffff;

/** Findings of one sort that are kept of a chunk, and of a file. */
export const KEPT_FINDINGS = 1000;
