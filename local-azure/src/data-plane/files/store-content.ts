import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createWriteStream, renameSync, rmSync } from "node:fs";
import type { RowCounts } from "../../world/state";
import type { World } from "../../world/world";
import { blobPath } from "../../storage/blobs";
import { whileBusy } from "../../storage/while-busy";
import { RowInspector } from "./row-inspector";

export interface StoredContent {
  bytes: number;
  rows: RowCounts;
  problem: string | undefined;
}

/**
 * Streams bytes to the blob of a file, checking rows on the way; nothing is left behind when the stream is interrupted.
 * @param limit - bytes at most
 * @throws AzureError when there are more
 */
export async function storeContent(
  world: Pick<World, "blobFolder">,
  fileId: string,
  content: Readable,
  limit: number,
): Promise<StoredContent> {
  const partial = blobPath(world, `${fileId}.partial`);
  const inspector = new RowInspector(limit);
  try {
    await pipeline(content, inspector, createWriteStream(partial, { mode: 0o600 }));
    whileBusy(() => renameSync(partial, blobPath(world, fileId)));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  return { bytes: inspector.bytes, rows: inspector.rows, problem: inspector.problem };
}
