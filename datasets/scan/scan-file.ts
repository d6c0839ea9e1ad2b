import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { kernelModule } from "../kernel/module";
import { RowExaminer } from "../rows/examine-row";
import type { ExamineSettings } from "../rows/settings";
import type { EncodingTable } from "../tokenizer/encoding-table";
import type { ChunkResult } from "./chunk-result";
import { takeChunks } from "./take-chunks";
import type { WorkerTask } from "./worker";

/** Files from this size on are worth the start of worker threads, some 0.1 s. */
const WORKERS_FROM_BYTES = 16 << 20;
/** A chunk takes some 15 ms, after which other work of the process goes on. */
const CHUNK_BYTES = 1 << 20;
const MAX_WORKERS = 3;
/** Lies beyond all chunks: nobody takes another one. */
const NO_CHUNK = 1 << 30;

export interface ScanOptions {
  /** Worker threads beside this one. Default: by size and processors. The result is the same. */
  threads?: number;
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
  const threads =
    options.threads ?? (bytes < WORKERS_FROM_BYTES ? 0 : Math.min(availableParallelism() - 1, MAX_WORKERS));
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
  const scans = [scanInWorkers(threads, task, take), scanHere(task, take)];
  try {
    await Promise.all(scans);
  } catch (error) {
    Atomics.store(nextChunk, 0, NO_CHUNK);
    await Promise.allSettled(scans);
    throw error;
  }
}

/** Takes chunks in this thread, as the workers do in theirs, and lets other work of the process go on between them. */
async function scanHere(task: WorkerTask, take: (chunk: ChunkResult) => void): Promise<void> {
  for (const chunk of takeChunks(new RowExaminer(task.table, task.settings, task.common), task)) {
    take(chunk);
    await setImmediate();
  }
}

async function scanInWorkers(threads: number, task: WorkerTask, take: (chunk: ChunkResult) => void): Promise<void> {
  const workers = Array.from({ length: threads }, () => {
    // A worker has no loader of its own for TypeScript.
    const execArgv = ["--require", require.resolve("tsx/cjs")];
    return new Worker(join(__dirname, "worker.ts"), { workerData: task, execArgv });
  });
  const ended = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        worker.on("message", take);
        worker.on("error", reject);
        worker.on("exit", (code) =>
          code === 0 ? resolve() : reject(new Error(`A worker thread ended with code ${code}.`)),
        );
      }),
  );
  try {
    await Promise.all(ended);
  } catch (error) {
    await Promise.all(workers.map((worker) => worker.terminate()));
    throw error;
  }
}
