import { copyFileSync, linkSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";

/** Where bytes lie that are kept under a name: an id, or `<id>.<more>` for what belongs to the object with that id. */
export function blobPath(world: Pick<World, "blobFolder">, name: string): string {
  return path.join(world.blobFolder, name);
}

/** Every blob of the objects with these ids. */
function blobsOfIds(world: Pick<World, "blobFolder">, ids: Iterable<string>): string[] {
  const owners = new Set(ids);
  return readdirSync(world.blobFolder)
    .filter((name) => owners.has(ownerOf(name)))
    .map((name) => blobPath(world, name));
}

/** Every blob of an account: its files, the parts of its uploads and what its jobs keep. */
export function blobsOf(world: Pick<World, "blobFolder">, { dataPlane }: AccountRecord): string[] {
  return blobsOfIds(world, idsOf(dataPlane));
}

/** Blobs that no account, live or soft-deleted, knows: left by an interrupted upload or a crash. */
function strayBlobs(world: Pick<World, "state" | "blobFolder">): string[] {
  const accounts = [...world.state.accounts, ...world.state.deletedAccounts.map(({ account }) => account)];
  const known = new Set(accounts.flatMap(({ dataPlane }) => idsOf(dataPlane)));
  return readdirSync(world.blobFolder)
    .filter((name) => !known.has(ownerOf(name)) || name.endsWith(".partial"))
    .map((name) => blobPath(world, name));
}

/** Removes all that is kept for the object. */
export function removeBlobs(world: Pick<World, "blobFolder">, id: string): void {
  removeAll(blobsOfIds(world, [id]));
}

/** Removes what no object owns, at the start of the service. */
export function sweepBlobs(world: Pick<World, "state" | "blobFolder">): void {
  removeAll(strayBlobs(world));
}

/** Gives the bytes a second name, which outlives the first; costs no space where the file system has hard links. */
export function shareBlob(world: Pick<World, "blobFolder">, from: string, to: string): void {
  const [source, target] = [blobPath(world, from), blobPath(world, to)];
  rmSync(target, { force: true });
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

function idsOf({ files, uploads, jobs }: AccountRecord["dataPlane"]): string[] {
  return [...files, ...uploads, ...jobs].map(({ id }) => id);
}

function ownerOf(name: string): string {
  return name.split(".")[0]!;
}

function removeAll(paths: string[]): void {
  for (const path of paths) rmSync(path, { force: true });
}
