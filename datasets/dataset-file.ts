import { createHash } from "node:crypto";
import { type BigIntStats } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { reasonOf } from "./sources/file-reason";

/** As much as is examined in the same time, so that neither waits for the other. */
const HASH_BLOCK = 4 << 20;

/** An open dataset: everything about it is read through one handle, so that all of it is true of the same content. */
export interface OpenDataset {
  /** As it was given. */
  readonly path: string;
  /** Size: exact once it is loaded, and where it is one file. */
  readonly bytes: number;
  /** The content. Of a dataset that is not one file on disk only once it is loaded. */
  readonly handle: FileHandle;
  /** What decides its content, where that can be told without reading all of it; else its hash. */
  identity(): Promise<string>;
  /** SHA-256 of the content, in lower-case hex. */
  sha256(): Promise<string>;
  /** Makes the content readable, if it isn't. @throws Error */
  load(): Promise<void>;
  /** A line of the whole, by the file that it is in and its number there; without a file where there is only one. */
  placeOf(line: number): { file?: string; line: number };
  /** @throws Error when the content changed since it was opened, so that what was found is true of no version of it. */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** A dataset that is one file on disk. */
export class DatasetFile implements OpenDataset {
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

  identity(): Promise<string> {
    return this.sha256();
  }

  sha256(): Promise<string> {
    return (this.hash ??= sha256Of(this.handle));
  }

  load(): Promise<void> {
    return Promise.resolve();
  }

  placeOf(line: number): { line: number } {
    return { line };
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
    throw new Error(
      `'${this.path}' ${what} while it was being checked. Run the command again when nothing is writing to the file.`,
    );
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
