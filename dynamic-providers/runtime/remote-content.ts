import { createHash } from "node:crypto";
import type { DataPlane } from "../../azure-openai/data-plane";

/**
 * SHA-256 hex of a remote file, which is read as a stream and never held as a whole.
 * @param bytes - its size, where it is known: an answer of another length is not the file
 * @throws AzureFailure
 */
export async function remoteHash(dataPlane: DataPlane, fileId: string, bytes?: number): Promise<string> {
  let hash = createHash("sha256");
  await dataPlane.files.read(
    fileId,
    (bytes) => hash.update(bytes),
    () => (hash = createHash("sha256")),
    bytes,
  );
  return hash.digest("hex");
}
