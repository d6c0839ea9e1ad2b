import { existsSync } from "node:fs";
import { isAddress } from "./blob-address";

/** Between the files of a list, where it is written in one line: in a state, a message, and on a command line. */
export const AND = " + ";

/** A dataset's files as one text: what the settings name by a list. */
export function datasetPath(files: string | readonly string[]): string {
  return typeof files === "string" ? files : files.join(AND);
}

/** The files that a dataset's path names, each a file, a folder or an address. */
export function namesIn(path: string): string[] {
  // A file may have been called so before lists were known.
  if (!path.includes(AND) || existsSync(path)) return [path];
  return path.split(AND);
}

/** Whether a dataset is one file on disk, which is read where it lies. */
export function isOneFile(path: string): boolean {
  const [name = "", ...others] = namesIn(path);
  return others.length === 0 && !isAddress(name) && !isFolder(name);
}

/** A folder is named with a slash at its end, as a prefix in Blob Storage is. */
export function isFolder(name: string): boolean {
  return /[/\\]$/.test(name);
}

/** What to write instead of a pattern such as `data/*.jsonl`, as a sentence; undefined where the name has nothing of one. */
export function insteadOfPattern(name: string): string | undefined {
  const start = name.search(/[*?[{]/);
  if (start < 0) return undefined;
  const folder = name.slice(0, start).replace(/[^/\\]*$/, "") || "./";
  return `Patterns are not supported. To use all JSONL files directly in a folder, end it with a slash ('${folder}'); otherwise, list the files.`;
}
