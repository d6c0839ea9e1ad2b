/** Where the rows of a dataset are: one file on disk, several, a folder's, or blobs in Azure Blob Storage. */
import { DatasetFile, type OpenDataset } from "../dataset-file";
import { isOneFile } from "./dataset-path";
import { findParts } from "./find-parts";
import { GatheredDataset, type GatherOptions } from "./gathered-dataset";
import type { RemoteStore } from "./part";

export { BLOB_FORM, blobUrl, isAddress, isPrefix, parseBlobAddress, type BlobAddress } from "./blob-address";
export { datasetPath, insteadOfPattern, isFolder, isOneFile, namesIn } from "./dataset-path";
export { addressProblem, findParts, partsAgain } from "./find-parts";
export { joined } from "./joined";
export { contentKey } from "./known-content";
export { readContent, type CheckedDataset } from "./read-content";
export { isDatasetName, recordOf, type Part, type PartRecord, type RemoteStore } from "./part";

/** Opens a dataset, wherever it is; a sentence that says why when it can't be read. Close it. */
export async function openDataset(
  path: string,
  remote: RemoteStore | undefined,
  options: GatherOptions = {},
): Promise<OpenDataset | string> {
  if (isOneFile(path)) return DatasetFile.open(path);
  const parts = await findParts(path, remote);
  return typeof parts === "string" ? parts : GatheredDataset.open(path, parts, options);
}
