import type { RowExaminer } from "../rows/examine-row";
import type { ChunkResult } from "./chunk-result";
import { examineChunk } from "./examine-chunk";
import { LineReader } from "./read-lines";

/** Examines chunks of an open file, one at a time, until none is left that another thread has not taken. */
export function* takeChunks(
  examiner: RowExaminer,
  { fd, chunkBytes, nextChunk }: { fd: number; chunkBytes: number; nextChunk: Int32Array },
): Generator<ChunkResult, void> {
  const reader = new LineReader(fd, chunkBytes);
  for (;;) {
    const index = Atomics.add(nextChunk, 0, 1);
    if (index >= reader.chunks) return;
    yield examineChunk(index, reader, examiner);
  }
}
