import type { DataPlaneState, FileRecord } from "../../world/state";
import type { World } from "../../world/world";
import { notFound } from "../api/errors";
import { removeBlobs } from "../../storage/blobs";
import { seconds } from "../api/unix-time";

export type FileStatus = "pending" | "running" | "processed" | "error";

/** Status at `now`: pending, then running for the larger part of the processing, then its result. */
export function fileStatus(file: FileRecord, now: number): FileStatus {
  if (file.importFrom !== undefined) return "pending";
  if (now < file.processedAt) {
    const runningFrom = file.createdAt + (file.processedAt - file.createdAt) / 4;
    return now < runningFrom ? "pending" : "running";
  }
  return file.problem === undefined ? "processed" : "error";
}

/** The file as the API shows it, the same in both flavours; members without value are left out, as on record. */
export function fileView(file: FileRecord, now: number): Record<string, unknown> {
  const status = fileStatus(file, now);
  return {
    id: file.id,
    object: "file",
    bytes: file.importFrom === undefined ? file.bytes : null,
    created_at: seconds(file.createdAt),
    filename: file.filename,
    purpose: file.purpose,
    status,
    ...(status === "error" ? { status_details: file.problem } : {}),
    ...(file.expiresAt === undefined ? {} : { expires_at: seconds(file.expiresAt) }),
  };
}

/** Files that are there at `now`; an expired one is gone. */
export function liveFiles(dataPlane: DataPlaneState, now: number): FileRecord[] {
  return dataPlane.files.filter(({ expiresAt }) => expiresAt === undefined || now < expiresAt);
}

/** Removes files whose time is over, with their bytes. */
export function dropExpiredFiles(
  world: Pick<World, "state" | "blobFolder">,
  dataPlane: DataPlaneState,
  now: number,
): void {
  const live = liveFiles(dataPlane, now);
  for (const { id } of dataPlane.files.filter((file) => !live.includes(file))) removeBlobs(world, id);
  dataPlane.files = live;
}

/** @throws AzureError 404 */
export function findFile(dataPlane: DataPlaneState, id: string, now: number): FileRecord {
  const file = liveFiles(dataPlane, now).find((candidate) => candidate.id === id);
  if (!file) throw notFound("file", id);
  return file;
}
