import { setImmediate } from "node:timers/promises";
import { kernelModule } from "../kernel/module";
import { RowExaminer } from "../rows/examine-row";
import type { ExamineSettings } from "../rows/settings";
import type { EncodingTable } from "../tokenizer/encoding-table";
import type { ChunkResult } from "./chunk-result";
import type { ScanWorkers } from "./scan-workers";
import { takeChunks } from "./take-chunks";
import type { WorkerTask } from "./worker";

/** A chunk takes some 15 ms, after which other work of the process continues. */
const CHUNK_BYTES = 1 << 20;
/** Is beyond all chunks: no thread takes another one. */
const NO_CHUNK = 1 << 30;

export interface ScanOptions {
  /** Worker threads besides this one, which end with the scan. Default: none. */
  workers?: ScanWorkers;
  /** Shingles that most examples share: see duplicates/common-shingles.ts. */
  common?: Uint32Array;
  onProgress?: (bytesDone: number, bytes: number) => void;
}

/**
 * Examines an open file and hands its chunks on, in order.
 *
 * @param fd - stays open; the worker threads read through it too, each at places of its own.
 */
export async function scanFile(
  fd: number,
  bytes: number,
  table: EncodingTable,
  settings: ExamineSettings,
  onChunk: (chunk: ChunkResult) => void,
  options: ScanOptions = {},
): Promise<void> {
  const early = new Map<number, ChunkResult>();
  let next = 0;
  let done = 0;
  const take = (chunk: ChunkResult) => {
    done += chunk.bytes;
    options.onProgress?.(Math.min(done, bytes), bytes);
    early.set(chunk.index, chunk);
    for (let first = early.get(next); first; first = early.get(++next)) {
      early.delete(next);
      onChunk(first);
    }
  };
  const nextChunk = new Int32Array(new SharedArrayBuffer(4));
  const { common } = options;
  const task = { fd, chunkBytes: CHUNK_BYTES, table, settings, common, nextChunk, kernel: kernelModule() };
  // The workers first: this thread is busy with a chunk before it returns.
  const scans = [options.workers?.scan(task, take) ?? Promise.resolve(), scanHere(task, take)];
  try {
    await Promise.all(scans);
  } catch (error) {
    Atomics.store(nextChunk, 0, NO_CHUNK);
    await Promise.allSettled(scans);
    throw error;
  }
}

/** Takes chunks in this thread, as the workers do in theirs, and lets other work of the process continue between them. */
async function scanHere(task: WorkerTask, take: (chunk: ChunkResult) => void): Promise<void> {
  for (const chunk of takeChunks(new RowExaminer(task.table, task.settings, task.common), task)) {
    take(chunk);
    await setImmediate();
  }
}
