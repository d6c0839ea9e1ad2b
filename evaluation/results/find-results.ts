import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { withoutCheckpoint } from "../../azure-openai/model-names";
import { EvaluationRefusal } from "../refusal";
import type { Evaluation } from "../result";
import { readResults } from "./read-results";
import { resultsFolder } from "./results-file";

/** Results of an evaluation, and where they are from. */
export interface FoundResults {
  evaluation: Evaluation;
  file: string;
  /** When they were written, in Unix milliseconds. */
  writtenAt: number;
}

/**
 * The newest results whose candidate is what a job made: its model, or a checkpoint of it. Undefined where there are none.
 *
 * @param folder - of `evaluationsFolder`
 * @param model - name as deployments have it
 */
export async function findResults(folder: string, model: string): Promise<FoundResults | undefined> {
  const made = withoutCheckpoint(model);
  for (const { file, writtenAt } of await newestFirst(resultsFolder(folder))) {
    // Files of many cases are large: only one that names the model at all is read as what it is.
    const content = await readFile(file).catch(() => undefined);
    if (!content?.includes(made)) continue;
    const evaluation = await readResults(file).catch(unreadable);
    if (evaluation && isOf(made, evaluation.summary.models[0]!.model)) return { evaluation, file, writtenAt };
  }
  return undefined;
}

/** @param kept - what answers are kept under: a model's name, and the filter of its deployment where that is not Azure's own */
function isOf(model: string, kept: string): boolean {
  return withoutCheckpoint(kept.replace(/ with the filter .*$/, "")) === model;
}

/** A file that somebody is just writing, or that is damaged, is not what is looked for. */
function unreadable(error: unknown): undefined {
  if (!(error instanceof EvaluationRefusal)) throw error;
}

async function newestFirst(folder: string): Promise<{ file: string; writtenAt: number }[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith(".json")).map((name) => path.join(folder, name));
  const found = await Promise.all(
    files.map(async (file) => {
      const facts = await stat(file).catch(() => undefined);
      return facts?.isFile() ? [{ file, writtenAt: facts.mtimeMs }] : [];
    }),
  );
  return found.flat().sort((a, b) => b.writtenAt - a.writtenAt);
}
