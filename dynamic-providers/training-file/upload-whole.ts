import type { DataPlane } from "../../azure-openai/data-plane";
import type { TrainingFileInputs } from "./schema";
import { verifiedContent } from "./verified-content";

/** Uploads the file in one request. Returns its id. @throws FileChanged, AzureFailure */
export async function uploadWhole(dataPlane: DataPlane, inputs: TrainingFileInputs): Promise<string> {
  const { path, bytes, sha256, remoteName, purpose } = inputs;
  let reason: unknown;
  async function* content() {
    try {
      yield* verifiedContent(path, bytes, sha256);
    } catch (error) {
      // The client reports a body that breaks off as a broken connection; the reason is ours.
      reason = error;
      throw error;
    }
  }
  try {
    return (await dataPlane.files.create(remoteName, purpose, () => ({ bytes, chunks: content() }))).id;
  } catch (error) {
    throw reason ?? error;
  }
}
