import type { DataPlaneState } from "../../world/state";
import { AzureError } from "../../http/azure-error";
import { quotaExceeded } from "../api/errors";
import { liveFiles } from "./file-state";

/** MaxTrainingFileSize of the account's capabilities, in bytes. */
export const MAX_FILE_BYTES = 512_000_000;
/** Files of one account, and their bytes in all (quotas page, 2026-02). */
export const MAX_FILES = 100;
export const MAX_TOTAL_BYTES = 1_000_000_000;

/** @throws AzureError when no further file fits */
export function checkFileCount(dataPlane: DataPlaneState, now: number): void {
  if (countedFiles(dataPlane, now).length >= MAX_FILES)
    throw quotaExceeded(`The resource holds ${MAX_FILES} files, the maximum. Delete files you no longer need.`);
}

/** @throws AzureError when `more` bytes do not fit */
export function checkBytes(dataPlane: DataPlaneState, more: number, now: number): void {
  const used = countedFiles(dataPlane, now).reduce((sum, { bytes }) => sum + bytes, 0);
  if (used + more > MAX_TOTAL_BYTES) {
    throw quotaExceeded(
      `The resource's files take ${used} of ${MAX_TOTAL_BYTES} bytes; ${more} more do not fit. Delete files you no longer need.`,
    );
  }
}

export function fileTooLarge(limit: number): AzureError {
  return new AzureError(413, "invalidPayload", `The file is larger than ${limit} bytes, the maximum.`);
}

/** Results that the service writes itself do not count [guess]. */
function countedFiles(dataPlane: DataPlaneState, now: number) {
  return liveFiles(dataPlane, now).filter(({ purpose }) => purpose !== "fine-tune-results");
}
