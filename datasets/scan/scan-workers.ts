import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { ChunkResult } from "./chunk-result";
import type { WorkerTask } from "./worker";

/** Files from this size on are worth the start of worker threads, some 0.1 s. */
const WORKERS_FROM_BYTES = 16 << 20;
const MAX_WORKERS = 3;

/**
 * Worker threads that scan one file beside the thread that starts them. They are started before their task is known: loading their
 * program takes as long as this thread needs for the encoding's table and a look at the file.
 */
export class ScanWorkers {
  private readonly workers: Worker[];
  private readonly ended: Promise<void>[];

  /**
   * @param bytes - size of the file.
   * @param threads - how many workers. Default: by size and processors.
   */
  constructor(bytes: number, threads?: number) {
    const count = threads ?? (bytes < WORKERS_FROM_BYTES ? 0 : Math.min(availableParallelism() - 1, MAX_WORKERS));
    // A worker has no loader of its own for TypeScript; compiled, as in the npm package, it needs none.
    const typescript = path.extname(__filename) === ".ts";
    const execArgv = typescript ? ["--require", require.resolve("tsx/cjs")] : [];
    const program = path.join(__dirname, typescript ? "worker.ts" : "worker.js");
    this.workers = Array.from({ length: count }, () => new Worker(program, { execArgv }));
    this.ended = this.workers.map(endOf);
    // A worker that fails before it has a task is reported by `scan`.
    for (const end of this.ended) end.catch(() => undefined);
  }

  /**
   * Hands the task to the workers and their results to `take`, until all of them have ended.
   *
   * @throws Error of the first worker that fails; the others are stopped.
   */
  async scan(task: WorkerTask, take: (chunk: ChunkResult) => void): Promise<void> {
    for (const worker of this.workers) worker.on("message", take).postMessage(task);
    try {
      await Promise.all(this.ended);
    } finally {
      await this.close();
    }
  }

  /** Stops the workers that still run. */
  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

function endOf(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`A worker thread exited with code ${code}.`)),
    );
  });
}
