import { copyFileSync, linkSync, rmSync } from "node:fs";
import { blobPath, blobsOfIds, strayBlobs } from "../../storage/blobs";
import type { World } from "../../world";

export { blobPath };

/** Removes all that is kept for the object. */
export function removeBlobs(world: World, id: string): void {
  removeAll(blobsOfIds(world, [id]));
}

/** Removes what no object owns, at the start of the service. */
export function sweepBlobs(world: World): void {
  removeAll(strayBlobs(world));
}

/** Gives the bytes a second name, which outlives the first; costs no space where the file system has hard links. */
export function shareBlob(world: World, from: string, to: string): void {
  const [source, target] = [blobPath(world, from), blobPath(world, to)];
  rmSync(target, { force: true });
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

function removeAll(paths: string[]): void {
  for (const path of paths) {
    rmSync(path, { force: true });
  }
}
