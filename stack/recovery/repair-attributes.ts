import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * Removes files that a killed pulumi left half-written beside the state on a `file://` backend. Pulumi replaces the state file atomically,
 * but writes the attributes file beside it in place (gocloud.dev/blob/fileblob, attrs.go): if interrupted, that file is
 * empty, and every command ends with `failed to load checkpoint: EOF`. Without the file the defaults apply, which is just as good.
 *
 * @param folder - `.pulumi` of the backend
 * @returns the files that were removed
 */
export function repairAttributes(folder: string): string[] {
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
    return []; // No state yet, or one that we may not read: pulumi reports that.
  }
}

/** False only for a file that was read and is not JSON. */
export function isJson(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch (error) {
    // A missing or unreadable file is left alone.
    return !(error instanceof SyntaxError);
  }
}
