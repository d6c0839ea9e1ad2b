import type { FileHandle } from "node:fs/promises";

/** Enough for twenty usual rows; more is read when one row is longer. */
const USUAL_BYTES = 1 << 18;
const MOST_BYTES = 1 << 22;

/** The start of a file. */
export interface Sample {
  bytes: Buffer;
  /** As UTF-8 without a byte order mark; a character that is cut at the end is left out. */
  text: string;
  /** Whether it is the whole file. */
  whole: boolean;
}

/** Reads the start of a file: at least one line, where that is not longer than some megabytes. */
export async function readSample(handle: FileHandle, size: number): Promise<Sample> {
  const usual = await readStart(handle, Math.min(size, USUAL_BYTES));
  if (usual.length >= size || /[\n\r]/.test(usual.toString("latin1"))) return sampleOf(usual, size);
  return sampleOf(await readStart(handle, Math.min(size, MOST_BYTES)), size);
}

async function readStart(handle: FileHandle, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

export function sampleOf(bytes: Buffer, size: number): Sample {
  const text = new TextDecoder("utf-8").decode(bytes, { stream: true });
  return { bytes, text, whole: bytes.length >= size };
}
