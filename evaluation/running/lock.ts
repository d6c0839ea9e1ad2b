import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { EvaluationRefusal } from "../refusal";

/** A lock of a process that died is taken over; more often than this in a row, somebody else is faster. */
const ATTEMPTS = 5;

/**
 * Makes sure that one process at a time asks a model: two would pay for the same answers.
 *
 * @param whose - for the sentence
 * @returns releases it
 * @throws EvaluationRefusal while another process that runs has it
 */
export function takeLock(file: string, whose: string): () => void {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      const descriptor = openSync(file, "wx", 0o600);
      writeSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const owner = ownerOf(file);
      if (owner !== undefined && isRunning(owner)) throw refusal(whose, owner);
      rmSync(file, { force: true });
    }
  }
  throw refusal(whose);
}

function ownerOf(file: string): number | undefined {
  try {
    const owner = Number(readFileSync(file, "utf8"));
    return Number.isInteger(owner) && owner > 0 ? owner : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function refusal(whose: string, owner?: number): EvaluationRefusal {
  const process = owner === undefined ? "" : ` (process ${owner})`;
  return new EvaluationRefusal(
    `Another evaluation is asking ${whose}${process}: wait until it ends, so that no answer is paid for twice.`,
  );
}
