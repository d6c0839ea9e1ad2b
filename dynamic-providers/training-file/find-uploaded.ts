import type { DataPlane } from "../../azure-openai/data-plane";
import type { RemoteFile } from "../../azure-openai/remote-files";
import type { TrainingFileInputs } from "./schema";

/** Earlier uploads of the same bytes, oldest first, and what must be cleared away. */
export interface Uploaded {
  /** Complete, or still being processed. */
  usable: RemoteFile[];
  /** Ended in `error`, or of another size: an interrupted upload. */
  broken: RemoteFile[];
}

/** Files on the account that bear the content's name. @throws AzureFailure */
export async function findUploaded(dataPlane: DataPlane, inputs: TrainingFileInputs): Promise<Uploaded> {
  const named = (await dataPlane.files.list(inputs.purpose))
    .filter((file) => file.filename === inputs.remoteName && !["deleted", "deleting"].includes(file.status))
    .sort((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1));
  const isBroken = (file: RemoteFile) =>
    file.status === "error" || (file.bytes !== null && file.bytes !== inputs.bytes);
  return { usable: named.filter((file) => !isBroken(file)), broken: named.filter(isBroken) };
}
