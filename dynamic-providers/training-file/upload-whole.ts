import type { DataPlane } from "../../azure-openai/data-plane";
import type { TrainingFileInputs } from "./schema";
import { verifiedContent } from "./verified-content";

/**
 * Uploads the file in one request. Returns its id.
 *
 * @param read - the content, from its start
 * @param report - called with the bytes that were handed to the connection so far
 * @throws FileChanged, AzureFailure
 */
export async function uploadWhole(
  dataPlane: DataPlane,
  inputs: TrainingFileInputs,
  read: () => AsyncIterable<Uint8Array>,
  report: (bytesDone: number) => void = () => undefined,
): Promise<string> {
  const { bytes, remoteName, purpose } = inputs;
  let reason: unknown;
  async function* content() {
    let done = 0;
    report(done);
    try {
      for await (const chunk of verifiedContent(inputs, read())) {
        yield chunk;
        report((done += chunk.length));
      }
    } catch (error) {
      // The client reports a body that ends early as a broken connection; the reason is ours.
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
