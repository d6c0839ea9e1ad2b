import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { cacheDirectory } from "../cache/directory";
import { joined, type Start } from "./joined";
import type { Part } from "./part";

/** What the parts of a dataset come to as one file. */
export interface Spooled {
  handle: FileHandle;
  bytes: number;
  sha256: string;
  /** Where each part begins. */
  starts: Start[];
}

/**
 * Writes the parts into one file that has no name any more when the first byte is written: nobody else can open it, and the system frees it with
 * this process, however that ends. The checks read rows at places all over a dataset, some twice; memory would have to hold all of it.
 *
 * @param onBytes - called with the bytes that are there so far
 * @throws Error of a part that can't be read, of a full disk
 */
export async function spool(parts: readonly Part[], onBytes?: (bytes: number) => void): Promise<Spooled> {
  const handle = await openNameless();
  try {
    const hash = createHash("sha256");
    const starts: Start[] = [];
    let bytes = 0;
    for await (const block of joined(parts, (start) => starts.push(start))) {
      hash.update(block);
      // Until it is written no more is read: the memory is that of a block.
      for (let done = 0; done < block.length;)
        done += (await handle.write(block, done, block.length - done, bytes + done)).bytesWritten;
      bytes += block.length;
      onBytes?.(bytes);
    }
    return { handle, bytes, sha256: hash.digest("hex"), starts };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** In the user's cache: the system's folder for temporary files is in memory on many machines. */
async function openNameless(): Promise<FileHandle> {
  const folder = path.join(cacheDirectory(), "reading");
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, randomUUID());
    const handle = await open(file, "wx+", 0o600);
    await rm(file, { force: true });
    return handle;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      `A dataset that is not a single local file is stored in ${folder} while it is being checked, but that folder isn't writable (${code ?? message}). Set XDG_CACHE_HOME to a writable folder.`,
    );
  }
}
