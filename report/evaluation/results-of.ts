import { stat } from "node:fs/promises";
import { EvaluationRefusal } from "../../evaluation/refusal";
import { type FoundResults, findResults } from "../../evaluation/results/find-results";
import { readResults } from "../../evaluation/results/read-results";
import { evaluationsFolder } from "../../evaluation/results/results-file";
import { UserError } from "../../stack/command";
import { rehearsalFolder } from "../../stack/rehearsal/folder";
import type { ResultsOf } from "./facts";

/** Finds the newest results on this machine whose candidate is the model. @param rehearsal - whether the stack is in a rehearsal service */
export function keptResults(rehearsal: boolean): ResultsOf {
  const folder = evaluationsFolder(rehearsal ? rehearsalFolder : undefined);
  return async (model) => (model === undefined ? undefined : findResults(folder, model));
}

/** Results in a file that somebody named, whatever models they are of. @throws UserError */
export async function namedResults(file: string): Promise<FoundResults> {
  try {
    const evaluation = await readResults(file);
    return { evaluation, file, writtenAt: (await stat(file)).mtimeMs };
  } catch (error) {
    throw error instanceof EvaluationRefusal ? new UserError(error.message) : error;
  }
}
