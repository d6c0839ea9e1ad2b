import { chunkColumns } from "./columns";
import { parentPort } from "node:worker_threads";
import { useKernelModule } from "../kernel/module";
import { RowExaminer } from "../rows/examine-row";
import type { ExamineSettings } from "../rows/settings";
import type { EncodingTable } from "../tokenizer/encoding-table";
import { takeChunks } from "./take-chunks";

/** What a worker gets, once, after its start. */
export interface WorkerTask {
  /** Opened by the main thread, which closes it: a path could name another file by then. */
  fd: number;
  chunkBytes: number;
  table: EncodingTable;
  settings: ExamineSettings;
  /** Shingles that most examples share. */
  common?: Uint32Array;
  /** One shared number: the next chunk that nobody has taken. */
  nextChunk: Int32Array;
  /** Compiled already. */
  kernel: WebAssembly.Module;
}

/** Takes chunks until none is left and posts the result of each. */
function work(task: WorkerTask): void {
  useKernelModule(task.kernel);
  for (const chunk of takeChunks(new RowExaminer(task.table, task.settings, task.common), task)) {
    const columns = Object.keys(chunkColumns).map((name) => chunk[name as keyof typeof chunkColumns]);
    parentPort!.postMessage(chunk, [...new Set(columns.map((column) => column.buffer as ArrayBuffer))]);
  }
}

parentPort!.once("message", work);
