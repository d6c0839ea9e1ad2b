import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cacheDirectory } from "../../datasets/cache/directory";
import { EvaluationRefusal } from "../refusal";
import type { Evaluation, EvaluationSummary } from "../result";
import { keyOf } from "../running/journal";

/**
 * Where answers and results are kept: in the user's cache.
 *
 * @param rehearsal - folder of the rehearsal, where its service answers: its answers must never pass for Azure's
 */
export function evaluationsFolder(rehearsal?: string): string {
  return path.join(rehearsal ?? cacheDirectory(), "evaluations");
}

/** Where the results of an evaluation are found again: the same models, cases and grader have one file. */
export function resultsFile(folder: string, { cases, grader, models }: EvaluationSummary): string {
  const key = keyOf([cases.sha256, grader.sha256, models.map(({ model }) => model)]).slice(0, 16);
  return path.join(resultsFolder(folder), `${key}.json`);
}

/** @param folder - of `evaluationsFolder` */
export function resultsFolder(folder: string): string {
  return path.join(folder, "results");
}

/** Writes results with all texts, for their owner alone. @throws EvaluationRefusal */
export function writeResults(file: string, evaluation: Evaluation): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${JSON.stringify(evaluation, null, 1)}\n`, { mode: 0o600 });
    // A file that was there keeps its mode when it is written to.
    chmodSync(file, 0o600);
  } catch (error) {
    throw new EvaluationRefusal(`${file} can't be written: ${(error as Error).message}`);
  }
}
