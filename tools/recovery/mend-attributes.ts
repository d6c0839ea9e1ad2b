import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * Removes what a killed pulumi has left half-written beside the state on a `file://` backend. Pulumi replaces the state itself at once,
 * but the file of attributes beside each of its files is written in place (gocloud.dev/blob/fileblob, attrs.go): cut off, it is
 * empty, and every command ends with `failed to load checkpoint: EOF`. Without the file, its defaults count, which is as good.
 *
 * @param folder - `.pulumi` of the backend
 * @returns the files that were removed
 */
export function mendAttributes(folder: string): string[] {
  const damaged = attributeFiles(folder).filter((file) => !isJson(file));
  for (const file of damaged) rmSync(file, { force: true });
  return damaged;
}

function attributeFiles(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".attrs"));
    return files.map((entry) => path.join(entry.parentPath, entry.name));
  } catch {
    return []; // No state yet, or one that is not for us to read: then pulumi says so.
  }
}

/** False only for a file that was read and holds none. */
export function isJson(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch (error) {
    // A file that is gone or can't be read is left alone.
    return !(error instanceof SyntaxError);
  }
}
