import { setImmediate } from "node:timers/promises";
import { findRepetitions } from "../duplicates/find-pairs";
import { type ReadableRows, type Similarity } from "../duplicates/similarity";
import type { FindingList } from "../findings";
import type { Overlap } from "../report";

/** Comparisons of rows, and rows without one, before other work of the process continues. */
const COMPARISONS_PER_SLICE = 16;
const ROWS_PER_SLICE = 1 << 12;

/** Reports examples that repeat an earlier one of the same file. */
export async function checkDuplicates(
  findings: FindingList,
  file: ReadableRows,
  similarity: Similarity,
): Promise<void> {
  if (!findings.wants("exact-duplicate") && !findings.wants("near-duplicate")) return;
  await eachRepetition(file, file, similarity, findings.wants("near-duplicate"), (row, earlier, near) => {
    const line = file.table.lines[row]!;
    const other = file.lineOf(file.table.lines[earlier]!);
    if (near === undefined) {
      findings.add(
        "exact-duplicate",
        line,
        `The example is the same as the one on ${other}, so it counts twice in training. Remove one.`,
      );
    } else {
      const message = `The example is nearly the same as the one on ${other} (similarity ${near.toFixed(2)}). Vary or remove it.`;
      findings.add("near-duplicate", line, message);
    }
  });
}

/** Reports examples of a validation file that are also in the training file: they make the validation loss look better than it is. */
export async function checkOverlap(
  findings: FindingList,
  validation: ReadableRows,
  training: ReadableRows,
  similarity: Similarity,
): Promise<Overlap> {
  const overlap: Overlap = { exact: 0, near: 0 };
  await eachRepetition(
    validation,
    training,
    similarity,
    findings.wants("nearly-in-training-too"),
    (row, other, near) => {
      const line = validation.table.lines[row]!;
      const trained = training.lineOf(training.table.lines[other]!);
      if (near === undefined) {
        overlap.exact++;
        const message = `The example is also in the training file, on ${trained}, so validation would test what the model has memorized. Remove it from one of the files.`;
        findings.add("in-training-too", line, message);
      } else {
        overlap.near++;
        const message = `The example is nearly the same as ${trained} of the training file (similarity ${near.toFixed(2)}). Vary or remove it.`;
        findings.add("nearly-in-training-too", line, message);
      }
    },
  );
  return overlap;
}

type OnRepetition = (row: number, other: number, near: number | undefined) => void;

async function eachRepetition(
  file: ReadableRows,
  other: ReadableRows,
  similarity: Similarity,
  wantsNear: boolean,
  onRepetition: OnRepetition,
): Promise<void> {
  const { exact, near, nearToo } = await findRepetitions(file.table, other.table);
  let comparisons = 0;
  for (let row = 0; row < file.table.rows; row++) {
    if (row % ROWS_PER_SLICE === ROWS_PER_SLICE - 1) await setImmediate();
    if (exact[row]! >= 0) {
      onRepetition(row, exact[row]!, undefined);
      continue;
    }
    if (!wantsNear) continue;
    for (const candidate of new Set([near[row]!, nearToo[row]!])) {
      if (candidate < 0) continue;
      if (++comparisons % COMPARISONS_PER_SLICE === 0) await setImmediate();
      const similar = similarity.near(file, row, other, candidate);
      if (similar === undefined) continue;
      onRepetition(row, candidate, similar);
      break;
    }
  }
}
