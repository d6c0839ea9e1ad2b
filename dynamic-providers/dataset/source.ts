import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { rulesVersion } from "../../datasets/cache/rules-version";
import { DatasetFile } from "../../datasets/dataset-file";
import type { DatasetOptions } from "../../datasets";
import { contentKey, findParts, isOneFile, type PartRecord, recordOf, type RemoteStore } from "../../datasets/sources";
import type { DatasetInputs, DatasetSource } from "./schema";

/**
 * Where a dataset's content is now, without reading it: of blobs one request each, or one for a prefix.
 *
 * @param options - of the check
 * @returns undefined for one file on disk, and where something can't be found: the check itself says so
 */
export async function sourceOf(
  { path, compareWith, catalog, ...options }: DatasetOptions,
  remote: RemoteStore,
): Promise<DatasetSource | undefined> {
  if (isOneFile(path)) return undefined;
  const found = await findParts(path, remote);
  if (typeof found === "string") return undefined;
  const parts = found.map(recordOf);
  if (contentKey(found) === undefined) return { parts };
  const training = compareWith === undefined ? null : await identityOf(compareWith, remote);
  if (training === undefined) return { parts };
  const { role, model, method, rules, grader, responseFormat } = options;
  const asked = [rulesVersion(), { role, model, method, rules, grader, responseFormat }, catalog, training];
  return { parts, checked: createHash("sha256").update(JSON.stringify(asked)).digest("hex") };
}

/** Whether the state's figures are those of a check today: the same blobs, and the same of all that a check depends on. */
export function isChecked(
  olds: Partial<DatasetInputs> | undefined,
  source: DatasetSource | undefined,
): olds is DatasetInputs {
  if (olds?.sha256 === undefined || source?.checked === undefined) return false;
  return olds.source?.checked === source.checked && isDeepStrictEqual(olds.source.parts, source.parts);
}

/** The blobs of a path; none where it has none that can be read. */
export async function partsOf(path: string | undefined, remote: RemoteStore): Promise<PartRecord[]> {
  if (path === undefined || isOneFile(path)) return [];
  const parts = await findParts(path, remote);
  return typeof parts === "string" ? [] : parts.map(recordOf);
}

/** What tells a training file's content from another one; undefined where only reading all of it would. */
async function identityOf(path: string, remote: RemoteStore): Promise<string | undefined> {
  if (!isOneFile(path)) {
    const parts = await findParts(path, remote);
    return typeof parts === "string" ? undefined : contentKey(parts);
  }
  const file = await DatasetFile.open(path);
  if (typeof file === "string") return undefined;
  try {
    return await file.sha256();
  } finally {
    await file.close();
  }
}
