import type { Part } from "./part";

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const NEWLINE = 0x0a;

/** Where a file begins in the dataset that is made of several. */
export interface Start {
  path: string;
  /** Lines before it. */
  lines: number;
}

/**
 * The parts one after the other, as one JSONL file: a line break is added where a part ends inside a line, and the byte order mark of a later
 * part is left out, since in the middle it would be no mark but text. One part alone is given byte by byte as it is.
 *
 * @param onStart - called when a part begins
 */
export async function* joined(
  parts: readonly Part[],
  onStart: (start: Start) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  let lines = 0;
  let last = NEWLINE;
  for (const [index, part] of parts.entries()) {
    if (last !== NEWLINE) {
      yield Buffer.from([NEWLINE]);
      last = NEWLINE;
      lines++;
    }
    onStart({ path: part.path, lines });
    for await (const block of index === 0 ? part.read() : withoutMark(part.read())) {
      if (block.length === 0) continue;
      if (parts.length > 1) lines += lineBreaksIn(block);
      last = block[block.length - 1]!;
      yield block;
    }
  }
}

function lineBreaksIn(block: Uint8Array): number {
  let count = 0;
  for (let at = block.indexOf(NEWLINE); at !== -1; at = block.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/** The first block may be shorter than the mark. */
async function* withoutMark(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const block of blocks) {
    if (start === undefined) {
      yield block;
      continue;
    }
    start = Buffer.concat([start, block]);
    if (start.length < BOM.length) continue;
    yield start.subarray(0, BOM.length).equals(BOM) ? start.subarray(BOM.length) : start;
    start = undefined;
  }
  if (start && start.length > 0) yield start;
}
