import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Evaluation, EvaluationSummary } from "../../evaluation/result";
import { keyOf } from "../../evaluation/running/journal";
import { UserError } from "../../stack/command";

/** Where the results of an evaluation are found again: the same models, cases and grader have one file. */
export function resultsFile(folder: string, { cases, grader, models }: EvaluationSummary): string {
  const key = keyOf([cases.sha256, grader.sha256, models.map(({ model }) => model)]).slice(0, 16);
  return path.join(folder, "results", `${key}.json`);
}

/** Writes results with all texts, for their owner alone. @throws UserError */
export function writeResults(file: string, evaluation: Evaluation): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${JSON.stringify(evaluation, null, 1)}\n`, { mode: 0o600 });
    // A file that was there keeps its mode when it is written to.
    chmodSync(file, 0o600);
  } catch (error) {
    throw new UserError(`${file} can't be written: ${(error as Error).message}`);
  }
}
