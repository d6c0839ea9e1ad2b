import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { reasonOf } from "./file-reason";
import { isFolder } from "./dataset-path";
import { isDatasetName, type Part } from "./part";

const READ_BYTES = 1 << 20;

/** The file, or the JSONL files directly in a folder, in the order of their names. A sentence where there is none. */
export async function localParts(name: string): Promise<Part[] | string> {
  if (!isFolder(name)) {
    const part = await partOf(name);
    return typeof part === "string" ? part : [part];
  }
  try {
    // By code units, so that no machine's language decides the order.
    const files = (await readdir(name)).filter((file) => isDatasetName(file) && !file.startsWith(".")).sort();
    if (files.length === 0)
      return `The folder '${name}' has no JSONL files. The dataset consists of the *.jsonl files directly in it.`;
    const parts = await Promise.all(files.map((file) => partOf(`${name}${file}`)));
    return parts.find((part) => typeof part === "string") ?? (parts as Part[]);
  } catch (error) {
    return reasonOf(error as NodeJS.ErrnoException, name, "folder");
  }
}

async function partOf(path: string): Promise<Part | string> {
  try {
    const found = await stat(path, { bigint: true });
    if (found.isDirectory()) return `'${path}' is a folder; to use all JSONL files in it, write '${path}/'.`;
    if (!found.isFile()) return `'${path}' is a pipe or a device; expected a JSONL file on disk.`;
    return {
      path,
      bytes: Number(found.size),
      read: () => createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>,
      assertUnchanged: async () => {
        const now = await stat(path, { bigint: true }).catch(() => undefined);
        if (now?.size === found.size && now.mtimeNs === found.mtimeNs && now.ino === found.ino) return;
        throw new Error(
          `'${path}' changed while it was being checked. Run the command again when nothing is writing to the file.`,
        );
      },
    };
  } catch (error) {
    return reasonOf(error as NodeJS.ErrnoException, path);
  }
}
