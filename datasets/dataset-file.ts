import { type FileHandle, open, stat } from "node:fs/promises";
import { sha256Of } from "./scan/scan-file";

/** An open dataset file, whose content is read once for its hash. */
export class DatasetFile {
  private hash: Promise<string> | undefined;

  private constructor(
    readonly path: string,
    readonly handle: FileHandle,
    readonly bytes: number,
    private readonly modified: number,
  ) {}

  /** Opens a file; a sentence that says why when it can't be read. */
  static async open(path: string): Promise<DatasetFile | string> {
    let handle: FileHandle | undefined;
    try {
      // Before it is opened: a pipe's opening waits for somebody to write, and its content could not be read twice.
      if (!(await stat(path)).isFile())
        return `'${path}' is a folder, a pipe or a device. Name a JSONL file that lies on the disk.`;
      handle = await open(path);
      const { size, mtimeMs } = await handle.stat();
      return new DatasetFile(path, handle, size, mtimeMs);
    } catch (error) {
      await handle?.close();
      return reasonOf(error as NodeJS.ErrnoException, path);
    }
  }

  /** SHA-256 of the content, in lower-case hex. */
  sha256(): Promise<string> {
    return (this.hash ??= sha256Of(this.handle));
  }

  /** @throws Error when the file was written to since it was opened: what was found is then true of neither version. */
  async assertUnchanged(): Promise<void> {
    const { size, mtimeMs } = await this.handle.stat();
    if (size === this.bytes && mtimeMs === this.modified) return;
    throw new Error(`'${this.path}' changed while it was checked. Run again when nothing writes to it.`);
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException, path: string): string {
  if (code === "ENOENT") return `There is no file '${path}' (looked from ${process.cwd()}). Correct the path.`;
  if (code === "EACCES" || code === "EPERM") return `'${path}' may not be read by this user. Change its permissions.`;
  return `'${path}' can't be read: ${message}`;
}
