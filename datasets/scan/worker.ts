import { closeSync, openSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { useKernelModule } from "../kernel/module";
import { RowExaminer } from "../rows/examine-row";
import type { ExamineSettings } from "../rows/settings";
import type { EncodingTable } from "../tokenizer/encoding-table";
import { examineChunk } from "./examine-chunk";
import { LineReader } from "./read-lines";

/** What a worker is started with. */
export interface WorkerTask {
  path: string;
  chunkBytes: number;
  table: EncodingTable;
  settings: ExamineSettings;
  /** One shared number: the next chunk that nobody has taken. */
  nextChunk: Int32Array;
  /** Compiled already. */
  kernel: WebAssembly.Module;
}

/** Takes chunks until none is left and posts the result of each. */
function work({ path, chunkBytes, table, settings, nextChunk, kernel }: WorkerTask): void {
  useKernelModule(kernel);
  const fd = openSync(path, "r");
  try {
    const reader = new LineReader(fd, chunkBytes);
    const examiner = new RowExaminer(table, settings);
    for (;;) {
      const index = Atomics.add(nextChunk, 0, 1);
      if (index >= reader.chunks) return;
      const result = examineChunk(index, reader, examiner);
      const { offsets, lengths, rowLines, totals, assistants, hashes, bands, systems } = result;
      const columns = [offsets, lengths, rowLines, totals, assistants, hashes, bands, systems];
      parentPort!.postMessage(result, [...new Set(columns.map((column) => column.buffer as ArrayBuffer))]);
    }
  } finally {
    closeSync(fd);
  }
}

work(workerData as WorkerTask);
