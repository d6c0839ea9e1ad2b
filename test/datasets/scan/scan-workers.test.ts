import { closeSync, openSync } from "node:fs";
import { afterEach, describe, expect, it } from "@jest/globals";
import { shippedCatalog } from "../../../catalog";
import { kernelModule } from "../../../datasets/kernel/module";
import { examineSettings } from "../../../datasets/rows/settings";
import type { ChunkResult } from "../../../datasets/scan/chunk-result";
import { ScanWorkers } from "../../../datasets/scan/scan-workers";
import type { WorkerTask } from "../../../datasets/scan/worker";
import { encodingTable } from "../../../datasets/tokenizer/encoding-table";
import { datasetFile, validRows } from "../examine";

const open: number[] = [];
afterEach(() => open.splice(0).forEach(closeSync));

async function taskFor(content: string): Promise<WorkerTask> {
  const fd = openSync(datasetFile(content), "r");
  open.push(fd);
  const settings = examineSettings("gpt-4.1-mini-2025-04-14", "supervised", shippedCatalog);
  const table = await encodingTable(settings.encoding);
  const nextChunk = new Int32Array(new SharedArrayBuffer(4));
  return { fd, chunkBytes: 1 << 12, table, settings, nextChunk, kernel: kernelModule() };
}

describe("ScanWorkers", () => {
  it("take every chunk once and end", async () => {
    const rows = validRows(300);
    const task = await taskFor(rows.join("\n"));
    const chunks: ChunkResult[] = [];
    await new ScanWorkers(0, 2).scan(task, (chunk) => chunks.push(chunk));
    expect(chunks.reduce((sum, chunk) => sum + chunk.rows, 0)).toBe(rows.length);
    expect(new Set(chunks.map(({ index }) => index)).size).toBe(chunks.length);
    expect(chunks.length).toBeGreaterThan(2);
  });

  it("stop without a task, and do nothing afterwards", async () => {
    const workers = new ScanWorkers(0, 2);
    await workers.close();
    await workers.close();
    const taken: ChunkResult[] = [];
    await workers.scan(await taskFor(validRows(10).join("\n")), (chunk) => taken.push(chunk)).catch(() => undefined);
    expect(taken).toEqual([]);
  });

  it("fail with the error of a worker, and stop the others", async () => {
    const task = await taskFor(validRows(10).join("\n"));
    const broken = { ...task, fd: -1 };
    await expect(new ScanWorkers(0, 2).scan(broken, () => undefined)).rejects.toThrow(/fd/);
  });

  it("are none for a small file", async () => {
    const small = new ScanWorkers(1 << 20);
    const taken: ChunkResult[] = [];
    await small.scan(await taskFor(validRows(10).join("\n")), (chunk) => taken.push(chunk));
    expect(taken).toEqual([]);
  });
});
