import { writeFileSync } from "node:fs";
import path from "node:path";
import { type DatasetOptions, type DatasetResult, examineDataset } from "../../datasets";
import { temporaryFolder } from "../support/temporary-folder";

/** A dataset file of its own with this content. */
export function datasetFile(content: string | Uint8Array): string {
  const file = path.join(temporaryFolder("dataset-test"), "rows.jsonl");
  writeFileSync(file, content);
  return file;
}

/** A row as people write it. */
export function chat(...turns: [role: string, content: string][]): string {
  return JSON.stringify({ messages: turns.map(([role, content]) => ({ role, content })) });
}

/** `count` different valid rows, to stand beside the one that a test is about. */
export function validRows(count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    chat(["user", `What is ${i} squared, and ${words(i)}?`], ["assistant", `It is ${i * i}: ${words(i * 7 + 3)}.`]),
  );
}

function words(seed: number): string {
  const list =
    "river stone cloud amber winter lantern copper meadow signal harbor violet thunder marble orchid canyon ember".split(
      " ",
    );
  return Array.from({ length: 9 }, (_, i) => list[(seed * (i + 3) + i * i) % list.length]).join(" ");
}

/** Checks content in this thread and without the cache. */
export function examine(content: string | Uint8Array, options: Partial<DatasetOptions> = {}): Promise<DatasetResult> {
  return examineDataset({
    ...{
      path: datasetFile(content),
      role: "training",
      model: "gpt-4.1",
      method: "supervised",
      cache: false,
      threads: 0,
    },
    ...options,
  });
}

/** `line code` of every finding, errors first. */
export function codes({ report }: DatasetResult): string[] {
  return [...report.errors, ...report.warnings].map(({ line, code }) => `${line} ${code}`);
}
