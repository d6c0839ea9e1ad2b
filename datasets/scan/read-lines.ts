import { constants } from "node:buffer";
import { fstatSync, readSync } from "node:fs";

/** How much is read at a time beyond a chunk, to find the end of its last line. */
const EXTENSION = 1 << 18;
const NEWLINE = 0x0a;
const SHORTER = "The file became shorter while it was being read.";

/**
 * Reads the lines of a file chunk by chunk: a line belongs to the chunk in which it starts. One buffer serves all of them, and a line
 * beyond the limit is never held in it.
 */
export class LineReader {
  private buffer = Buffer.alloc(0);
  readonly size: number;
  /** Where the lines that were read last start: bytes from the start of the file. */
  start = 0;
  /** Bytes of a line after those that were read last, when it is too long to be held, without its end; 0 for none. */
  overlong = 0;
  private block = Buffer.alloc(0);

  /** @param maxLineBytes - longest line that is held. Default: what fits into a string, and so into JSON.parse. */
  constructor(
    private readonly fd: number,
    private readonly chunkBytes: number,
    private readonly maxLineBytes: number = constants.MAX_STRING_LENGTH,
  ) {
    this.size = fstatSync(fd).size;
  }

  get chunks(): number {
    return Math.ceil(this.size / this.chunkBytes);
  }

  /** The lines that start in chunk `index`, valid until the next call. */
  read(index: number): Buffer {
    this.overlong = 0;
    const chunkStart = index * this.chunkBytes;
    const chunkEnd = Math.min(this.size, chunkStart + this.chunkBytes);
    // One byte more in front tells whether a line starts right at the chunk.
    const from = Math.max(0, chunkStart - 1);
    let length = this.fill(from, 0, chunkEnd - from);
    let first = 0;
    if (index > 0) {
      const lineBreak = this.buffer.subarray(0, length).indexOf(NEWLINE);
      if (lineBreak < 0 || lineBreak === length - 1) return this.lines(chunkEnd, 0, 0);
      first = lineBreak + 1;
    }
    if (this.buffer[length - 1] === NEWLINE || from + length === this.size) return this.lines(from, first, length);
    const lineStart = Math.max(first, this.buffer.subarray(0, length).lastIndexOf(NEWLINE) + 1);
    const { end, closed } = this.endOfLine(from + length);
    const lineBytes = end - (from + lineStart) - (closed ? 1 : 0);
    if (lineBytes > this.maxLineBytes) {
      this.overlong = lineBytes;
      return this.lines(from, first, lineStart);
    }
    length += this.fill(from + length, length, end - (from + length));
    return this.lines(from, first, length);
  }

  /** Where the line that continues at `position` ends, after its line break if it has one; read block by block and not kept. */
  private endOfLine(position: number): { end: number; closed: boolean } {
    if (this.block.length === 0) this.block = Buffer.allocUnsafe(EXTENSION);
    while (position < this.size) {
      const bytes = readSync(this.fd, this.block, 0, EXTENSION, position);
      if (bytes === 0) throw new Error(SHORTER);
      const lineBreak = this.block.subarray(0, bytes).indexOf(NEWLINE);
      if (lineBreak >= 0) return { end: position + lineBreak + 1, closed: true };
      position += bytes;
    }
    return { end: this.size, closed: false };
  }

  private lines(from: number, start: number, end: number): Buffer {
    this.start = from + start;
    return this.buffer.subarray(start, end);
  }

  /** Reads up to `length` bytes to `at` in the buffer; returns how many there were. */
  private fill(position: number, at: number, length: number): number {
    const wanted = Math.min(length, this.size - position);
    if (this.buffer.length < at + wanted) {
      const grown = Buffer.allocUnsafe(Math.max(at + wanted, this.chunkBytes + EXTENSION + 1));
      this.buffer.copy(grown, 0, 0, at);
      this.buffer = grown;
    }
    let read = 0;
    while (read < wanted) {
      const bytes = readSync(this.fd, this.buffer, at + read, wanted - read, position + read);
      if (bytes === 0) throw new Error(SHORTER);
      read += bytes;
    }
    return read;
  }
}
