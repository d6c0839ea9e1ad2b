import { createReadStream } from "node:fs";
import { partsAgain } from "./find-parts";
import { joined } from "./joined";
import type { PartRecord, RemoteStore } from "./part";

/** A dataset as an earlier check found it. */
export interface CheckedDataset {
  path: string;
  /** Of a dataset that is not one file on disk: its files then, with their ETags. */
  parts?: readonly PartRecord[];
}

/**
 * The bytes that an earlier check of a dataset read: of one file on disk whatever it has now, of blobs those of the same ETag or none.
 *
 * @param blockBytes - of one file, how much is read at once
 * @throws Error where a file can't be read, or is another by now
 */
export async function* readContent(
  { path, parts }: CheckedDataset,
  remote: RemoteStore,
  blockBytes?: number,
): AsyncGenerator<Uint8Array> {
  if (parts === undefined) yield* createReadStream(path, { highWaterMark: blockBytes }) as AsyncIterable<Buffer>;
  else yield* joined(await partsAgain(parts, remote));
}
