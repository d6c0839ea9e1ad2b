import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { UserError } from "../command";
import { readCheckpoint } from "./checkpoint-file";
import type { StackReference } from "./stack-reference";
import { DAMAGED, stateCopies, stateFile } from "./state-copies";

/** Whether the state of a stack on a `file://` backend is cut off, empty or no state at all. */
export function isDamaged(folder: string, stack: StackReference): boolean {
  const file = stateFile(folder, stack);
  return file !== undefined && readCheckpoint(file).end === "damaged";
}

/**
 * Puts the newest whole copy in the place of a damaged state. A full disk or a power cut leaves half of what pulumi was writing; of the
 * copies that it keeps, the one beside the state is of one write before.
 *
 * @returns the sentence that says what was done; undefined where the state is whole
 * @throws UserError when no copy is whole, or it can't be written; the state is then as it was
 */
export function repairState(folder: string, stack: StackReference): string | undefined {
  const file = stateFile(folder, stack);
  if (!file || readCheckpoint(file).end !== "damaged") return undefined;
  const replacement = wholeCopy(folder, stack) ?? salvagedState([file, ...stateCopies(folder, stack)]);
  if (!replacement) {
    throw new UserError(
      `the state ${file} is damaged (most likely by a full disk or a power cut), and there is no whole copy beside it or in the history. ` +
        "If you have a copy elsewhere, put it in its place and run the same command again.",
    );
  }
  const { bytes, description } = replacement;
  try {
    replaceBy(file, bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(
      `the state ${file} is damaged and could not be replaced by ${description}: ` +
        `${code === "ENOSPC" ? "the disk is still full. Make room" : `${message}. Remove the cause`}, then run the same command again.`,
    );
  }
  return `the state was damaged (most likely by a full disk or a power cut) and was replaced by ${description}. The damaged one is kept: ${file}${DAMAGED}`;
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

/** Where nothing is whole: of the damaged files the one of which the most is left, the newest first. */
function salvagedState(files: string[]): Replacement | undefined {
  let most = 0;
  let best: Replacement | undefined;
  for (const file of files) {
    const checkpoint = readCheckpoint(file);
    if (checkpoint.end !== "damaged" || !checkpoint.salvaged || checkpoint.resources.length <= most) continue;
    most = checkpoint.resources.length;
    best = {
      bytes: Buffer.from(checkpoint.salvaged),
      description: `its first ${most} resource${most === 1 ? "" : "s"}, which are whole in ${file}; what was made after them is missing`,
    };
  }
  return best;
}

/** The copy is complete on the disk before anything else is touched. */
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
    // Between the two renames there would be no state at all, which looks like a new stack: hence a copy, by content.
    writeFileSync(`${file}${DAMAGED}`, readFileSync(file), { mode: 0o600 });
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
  // They describe the file that is gone. Without them, their defaults count, which is as good.
  rmSync(`${file}.attrs`, { force: true });
}

function isGzip(file: string): boolean {
  return /\.gz(\.|$)/.test(file);
}
