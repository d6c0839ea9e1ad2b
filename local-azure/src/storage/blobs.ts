import { createHash } from "node:crypto";
import { copyFileSync, linkSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";

/** Where bytes lie that are kept under a name: an id, or `<id>.<more>` for what belongs to the object with that id. */
export function blobPath(world: Pick<World, "blobFolder">, name: string): string {
  return path.join(world.blobFolder, name);
}

/** Folder of an account's responses; an account of the same name that is created later has another one. */
export function responsesFolder(
  world: Pick<World, "blobFolder">,
  account: Pick<AccountRecord, "id" | "createdAt">,
): string {
  return blobPath(world, `${ownName(account)}.responses`);
}

function ownName({ id, createdAt }: Pick<AccountRecord, "id" | "createdAt">): string {
  return `account-${createHash("sha256").update(`${id.toLowerCase()}|${createdAt}`).digest("hex").slice(0, 32)}`;
}

/** Every blob of the objects with these ids. */
function blobsOfIds(world: Pick<World, "blobFolder">, ids: Iterable<string>): string[] {
  const owners = new Set(ids);
  return readdirSync(world.blobFolder)
    .filter((name) => owners.has(ownerOf(name)))
    .map((name) => blobPath(world, name));
}

/** Every blob of an account that no other one needs: its files, the parts of its uploads, what its jobs keep, and its responses. */
export function blobsOf(world: Pick<World, "state" | "blobFolder">, account: AccountRecord): string[] {
  const others = new Set(
    everyAccount(world)
      .filter((other) => other !== account)
      .flatMap(idsOf),
  );
  return blobsOfIds(
    world,
    idsOf(account).filter((id) => !others.has(id)),
  );
}

/** Blobs that no account, live or soft-deleted, knows: left by an interrupted upload or a crash. */
function strayBlobs(world: Pick<World, "state" | "blobFolder">): string[] {
  const known = new Set(everyAccount(world).flatMap(idsOf));
  return readdirSync(world.blobFolder)
    .filter((name) => !known.has(ownerOf(name)) || name.endsWith(".partial"))
    .map((name) => blobPath(world, name));
}

/** Removes all that is kept for the object, but for a job whose model was copied to another account. */
export function removeBlobs(world: Pick<World, "state" | "blobFolder">, id: string): void {
  const isCopied = everyAccount(world).some(({ dataPlane }) =>
    dataPlane.copiedModels?.some(({ job }) => job.id === id),
  );
  if (!isCopied) removeAll(blobsOfIds(world, [id]));
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

/** Live and soft-deleted ones. */
function everyAccount({ state }: Pick<World, "state">): AccountRecord[] {
  return [...state.accounts, ...state.deletedAccounts.map(({ account }) => account)];
}

function idsOf(account: AccountRecord): string[] {
  const { files, uploads, jobs, copiedModels = [], evals = [] } = account.dataPlane;
  const others = [...copiedModels.map(({ job }) => job), ...evals.flatMap(({ runs }) => runs)];
  const owners = [...files, ...uploads, ...jobs, ...others];
  return [ownName(account), ...owners.map(({ id }) => id)];
}

function ownerOf(name: string): string {
  return name.split(".")[0]!;
}

function removeAll(paths: string[]): void {
  for (const path of paths) rmSync(path, { force: true, recursive: true });
}
