import { fstatSync, readSync } from "node:fs";

/** How far a read goes beyond a chunk at a time, to find the end of its last line. */
const EXTENSION = 1 << 18;
const NEWLINE = 0x0a;

/** Reads the lines of a file chunk by chunk: a line belongs to the chunk in which it starts. One buffer serves all of them. */
export class LineReader {
  private buffer = Buffer.alloc(0);
  readonly size: number;
  /** Where the lines that were read last start: bytes from the start of the file. */
  start = 0;

  constructor(
    private readonly fd: number,
    private readonly chunkBytes: number,
  ) {
    this.size = fstatSync(fd).size;
  }

  get chunks(): number {
    return Math.ceil(this.size / this.chunkBytes);
  }

  /** The lines that start in chunk `index`, valid until the next call. */
  read(index: number): Buffer {
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
    let searched = length - 1;
    for (;;) {
      const lineBreak = this.buffer.subarray(searched, length).indexOf(NEWLINE);
      if (lineBreak >= 0) return this.lines(from, first, searched + lineBreak + 1);
      if (from + length >= this.size) return this.lines(from, first, length);
      searched = length;
      // Doubles for very long lines, so that their bytes are not copied again and again.
      length += this.fill(from + length, length, Math.max(EXTENSION, length));
    }
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
      if (bytes === 0) throw new Error("The file became shorter while it was read.");
      read += bytes;
    }
    return read;
  }
}
