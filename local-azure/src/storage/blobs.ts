import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { AccountRecord } from "../state";
import type { World } from "../world";

/** Where bytes lie that are kept under a name: an id, or `<id>.<more>` for what belongs to the object with that id. */
export function blobPath(world: World, name: string): string {
  return join(world.blobFolder, name);
}

/** Every blob of the objects with these ids. */
export function blobsOfIds(world: World, ids: Iterable<string>): string[] {
  const owners = new Set(ids);
  return readdirSync(world.blobFolder)
    .filter((name) => owners.has(ownerOf(name)))
    .map((name) => blobPath(world, name));
}

/** Every blob of an account: its files, the parts of its uploads and what its jobs keep. */
export function blobsOf(world: World, { dataPlane }: AccountRecord): string[] {
  return blobsOfIds(world, idsOf(dataPlane));
}

/** Blobs that no account, live or soft-deleted, knows: left by an upload that broke off or by a crash. */
export function strayBlobs(world: World): string[] {
  const accounts = [...world.state.accounts, ...world.state.deletedAccounts.map(({ account }) => account)];
  const known = new Set(accounts.flatMap(({ dataPlane }) => idsOf(dataPlane)));
  return readdirSync(world.blobFolder)
    .filter((name) => !known.has(ownerOf(name)) || name.endsWith(".partial"))
    .map((name) => blobPath(world, name));
}

function idsOf({ files, uploads, jobs }: AccountRecord["dataPlane"]): string[] {
  return [...files, ...uploads, ...jobs].map(({ id }) => id);
}

function ownerOf(name: string): string {
  return name.split(".")[0]!;
}
