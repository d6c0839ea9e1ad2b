import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Names the folder for what a file of a run makes and the later ones take; not set: each makes its own. */
const FOLDER_VARIABLE = "TESTS_MADE_ONCE";

/** Makes the folder, before any test file begins; it goes with the run. */
export function prepareFolder(): void {
  if (process.env[FOLDER_VARIABLE] !== undefined) return;
  const folder = mkdtempSync(path.join(tmpdir(), "made-once-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.env[FOLDER_VARIABLE] = folder;
}

/** Folder of what a file of this run has made under this name, once it is whole. */
export function madeBefore(name: string): string | undefined {
  const folder = process.env[FOLDER_VARIABLE];
  const made = folder && path.join(folder, name);
  return made !== undefined && existsSync(made) ? made : undefined;
}

/** Gives what `make` writes into an empty folder to the files that come later. Of two at the same time the first to end counts. */
export async function makeForLater(name: string, make: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder === undefined || madeBefore(name) !== undefined) return;
  const unfinished = path.join(folder, `${name}-${process.pid}`);
  mkdirSync(unfinished);
  await make(unfinished);
  try {
    renameSync(unfinished, path.join(folder, name));
  } catch {
    // Another file was quicker, and whoever copies that one must find it whole.
    rmSync(unfinished, { recursive: true });
  }
}
