import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { systemError } from "../../azure-openai/system-error";
import { UserError } from "../command";
import { readCheckpoint } from "./checkpoint-file";
import type { StackReference } from "./stack-reference";
import { DAMAGED, stateCopies, stateFile } from "./state-copies";

/** Whether the state of a stack on a `file://` backend is truncated, empty or no state at all. */
export function isDamaged(folder: string, stack: StackReference): boolean {
  const file = stateFile(folder, stack);
  return file !== undefined && readCheckpoint(file).end === "damaged";
}

/** How a damaged state was replaced. */
export interface Repair {
  message: string;
  /** Whether only the beginning of a state could be read: later resources are missing. */
  incomplete: boolean;
}

/**
 * Replaces a damaged state by the newest whole copy. A full disk or a power cut leaves half of what pulumi was writing; of the
 * copies that it keeps, the one beside the state is from one write before.
 *
 * @returns what was done; undefined if the state is whole
 * @throws UserError when no copy is whole, or it can't be written; the state is then unchanged
 */
export function repairState(folder: string, stack: StackReference): Repair | undefined {
  const file = stateFile(folder, stack);
  if (!file || readCheckpoint(file).end !== "damaged") return undefined;
  const whole = wholeCopy(folder, stack);
  const replacement = whole ?? salvagedState([file, ...stateCopies(folder, stack)]);
  if (!replacement) {
    throw new UserError(
      `the state ${file} is damaged (most likely by a full disk or a power outage), and no intact copy exists beside it or in the history. ` +
        "If you have a copy elsewhere, put it there and run the same command again.",
    );
  }
  const { bytes, description } = replacement;
  try {
    replaceBy(file, bytes);
  } catch (error) {
    throw new UserError(
      `the state ${file} is damaged and could not be replaced by ${description}: ` +
        (systemError(error) ?? `${(error as Error).message}. Remove the cause, then run the same command again.`),
    );
  }
  const message = `the state was damaged (most likely by a full disk or a power outage) and was replaced by ${description}. The damaged file is kept as ${file}${DAMAGED}`;
  return { message, incomplete: !whole };
}

interface Replacement {
  /** A checkpoint, not compressed. */
  bytes: Buffer;
  description: string;
}

function wholeCopy(folder: string, stack: StackReference): Replacement | undefined {
  const copy = stateCopies(folder, stack).find((candidate) => readCheckpoint(candidate).end === "whole");
  if (!copy) return undefined;
  const bytes = readFileSync(copy);
  return { bytes: isGzip(copy) ? gunzipSync(bytes) : bytes, description: copy };
}

/** If nothing is whole: the damaged file with the most resources left; among equals, the newest. */
function salvagedState(files: string[]): Replacement | undefined {
  let most = 0;
  let best: Replacement | undefined;
  for (const file of files) {
    const checkpoint = readCheckpoint(file);
    if (checkpoint.end !== "damaged" || !checkpoint.salvaged || checkpoint.resources.length <= most) continue;
    most = checkpoint.resources.length;
    best = {
      bytes: Buffer.from(checkpoint.salvaged),
      description: `its first ${most} resource${most === 1 ? "" : "s"}, which are intact in ${file}; what was created after them is missing`,
    };
  }
  return best;
}

/** The copy is completely on disk before anything else is touched. */
function replaceBy(file: string, bytes: Buffer): void {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    const opened = openSync(unfinished, "w", 0o600);
    try {
      writeFileSync(opened, isGzip(file) ? gzipSync(bytes) : bytes);
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
    // Between two renames there would be no state at all, which looks like a new stack: so the content is copied.
    writeFileSync(`${file}${DAMAGED}`, readFileSync(file), { mode: 0o600 });
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
  // They describe the replaced file. Without them the defaults apply, which is just as good.
  rmSync(`${file}.attrs`, { force: true });
}

function isGzip(file: string): boolean {
  return /\.gz(\.|$)/.test(file);
}
