import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Writes a file of the cache so that another process sees all of it or nothing. A cache that can't be written (read-only home, full
 * disk) costs time, not correctness, and is no error.
 *
 * @returns whether the file was written.
 */
export async function writeAtomically(file: string, content: Uint8Array | string): Promise<boolean> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await makeFolder(path.dirname(file));
    await writeFile(temporary, content, { mode: 0o600 });
    await rename(temporary, file);
    return true;
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
    return false;
  }
}

/** Node's own `recursive` never ends below a folder that takes no new one and answers ENOENT, as /proc does. */
async function makeFolder(folder: string): Promise<void> {
  const once = () =>
    mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  try {
    await once();
  } catch (error) {
    const parent = path.dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || parent === folder) throw error;
    await makeFolder(parent);
    await once();
  }
}
