import { createHash } from "node:crypto";
import { type BigIntStats } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";

/** As much as is examined in the same time, so that neither waits for the other. */
const HASH_BLOCK = 4 << 20;

/** An open dataset file: everything about it is read through one handle, so that all of it is true of the same content. */
export class DatasetFile {
  private hash: Promise<string> | undefined;

  private constructor(
    readonly path: string,
    readonly handle: FileHandle,
    private readonly opened: BigIntStats,
  ) {}

  /** Opens a file; a sentence that says why when it can't be read. */
  static async open(path: string): Promise<DatasetFile | string> {
    let handle: FileHandle | undefined;
    try {
      // Before it is opened: a pipe's opening waits for somebody to write, and its content could not be read twice.
      if (!(await stat(path)).isFile())
        return `'${path}' is a folder, a pipe or a device; expected a JSONL file on disk.`;
      handle = await open(path);
      return new DatasetFile(path, handle, await handle.stat({ bigint: true }));
    } catch (error) {
      await handle?.close();
      return reasonOf(error as NodeJS.ErrnoException, path);
    }
  }

  /** Size when it was opened. */
  get bytes(): number {
    return Number(this.opened.size);
  }

  /** SHA-256 of the content, in lower-case hex. */
  sha256(): Promise<string> {
    return (this.hash ??= sha256Of(this.handle));
  }

  /**
   * @throws Error when the file was written to, replaced or deleted since it was opened: what was found is then not true of what the
   * path names, or of no version at all.
   */
  async assertUnchanged(): Promise<void> {
    const { size, mtimeNs, ino, dev } = this.opened;
    const now = await this.handle.stat({ bigint: true });
    // An upload opens the path again: it must still name this file.
    const named = await stat(this.path, { bigint: true }).catch(() => undefined);
    if (now.size === size && now.mtimeNs === mtimeNs && named?.ino === ino && named.dev === dev) return;
    const what = named?.ino === ino && named.dev === dev ? "changed" : named ? "was replaced" : "was deleted";
    throw new Error(`'${this.path}' ${what} while it was checked. Run again when nothing is writing to it.`);
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

async function sha256Of(handle: FileHandle): Promise<string> {
  const hash = createHash("sha256");
  const block = Buffer.allocUnsafe(HASH_BLOCK);
  for (let position = 0; ;) {
    const { bytesRead } = await handle.read(block, 0, HASH_BLOCK, position);
    if (bytesRead === 0) return hash.digest("hex");
    hash.update(block.subarray(0, bytesRead));
    position += bytesRead;
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException, path: string): string {
  if (code === "ENOENT") return `There is no file '${path}' (relative to ${process.cwd()}). Correct the path.`;
  if (code === "EACCES" || code === "EPERM") return `'${path}' cannot be read by this user. Change its permissions.`;
  if (code === "EMFILE" || code === "ENFILE")
    return `'${path}' can't be read: too many files are open. Raise the limit (ulimit -n 4096).`;
  return `'${path}' can't be read: ${message}`;
}
