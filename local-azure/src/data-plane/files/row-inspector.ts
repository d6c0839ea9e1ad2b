import { Transform, type TransformCallback } from "node:stream";
import { isUtf8 } from "node:buffer";
import type { RowCounts } from "../../world/state";
import { fileTooLarge } from "./limits";
import { readTrainingRow } from "../rows/training-row";

/** A row longer than this is refused, so that no upload can fill the memory [guess]; images reach 64 x 10 MB on Azure. */
const MAX_ROW_BYTES = 64 * 1024 * 1024;

/** Passes an upload on unchanged and checks its rows on the way; keeps one row in memory. Reads UTF-8 with or without BOM. */
export class RowInspector extends Transform {
  readonly rows: RowCounts = { chat: 0, preference: 0, prompt: 0 };
  /** Bytes that went through. */
  bytes = 0;
  private firstProblem: string | undefined;
  private line = 0;
  private pending: Buffer[] = [];
  private pendingBytes = 0;

  /** @param limit - bytes that may go through; more end the stream with an error */
  constructor(private readonly limit: number) {
    super();
  }

  /** What the file's processing will end with; undefined: processed. Known at the end of the stream. */
  get problem(): string | undefined {
    const { chat, preference, prompt } = this.rows;
    const found =
      this.firstProblem ?? (chat + preference + prompt === 0 ? "No valid json line found in file." : undefined);
    // The prefix is on record, what follows it is our wording.
    return found && `Validation of jsonl file failed: ${found}`;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.limit) {
      done(fileTooLarge(this.limit));
      return;
    }
    if (this.firstProblem === undefined) this.splitLines(chunk);
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    if (this.firstProblem === undefined) this.endLine();
    done();
  }

  private splitLines(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.keep(chunk.subarray(start, end));
      this.endLine();
      start = end + 1;
    }
    this.keep(chunk.subarray(start));
  }

  private keep(bytes: Buffer): void {
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    if (this.pendingBytes > MAX_ROW_BYTES) {
      this.firstProblem ??= `Line ${this.line + 1} is longer than ${MAX_ROW_BYTES} bytes.`;
      this.pending = [];
    }
  }

  private endLine(): void {
    this.line += 1;
    const bytes = Buffer.concat(this.pending);
    this.pending = [];
    this.pendingBytes = 0;
    if (this.firstProblem !== undefined) return;
    if (!isUtf8(bytes)) {
      this.firstProblem = `Line ${this.line} is not UTF-8.`;
      return;
    }
    const text = bytes
      .toString("utf8")
      .replace(/^\uFEFF/, "")
      .trim();
    if (text === "") return;
    try {
      this.rows[readTrainingRow(text).kind] += 1;
    } catch (error) {
      this.firstProblem = `Line ${this.line}: ${(error as Error).message}.`;
    }
  }
}
