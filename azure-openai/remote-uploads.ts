import type { Calls } from "./calls";
import { multipartFile } from "./multipart-file";
import type { Requests } from "./requests";
import { completedUploadShape, partShape, uploadShape } from "./shapes";
import { expectId, expectShape } from "./unexpected-answer";

const PART_TIMEOUT_MS = 15 * 60_000;
/** Of a part that is handed to the connection at once. */
const PIECE_BYTES = 1 << 20;

export interface RemoteUpload {
  id: string;
  status: string;
  /** Unix seconds: two hours after it was started the service drops it. */
  expires_at: number;
}

/** Large files in parts (dated API only). All methods throw AzureFailure. */
export class RemoteUploads {
  constructor(
    private readonly requests: Requests,
    private readonly calls: Calls,
  ) {}

  /** An upload that is started twice leaves only a record that expires automatically. */
  start(filename: string, purpose: string, bytes: number): Promise<RemoteUpload> {
    return this.calls.run(`Starting the upload of ${filename}`, async () => {
      const body = { filename, purpose, bytes, mime_type: "application/jsonl" };
      const started = await this.requests.send("post", "/uploads", { body });
      const { id, status, expires_at } = expectShape(uploadShape, started, "an upload");
      return { id, status, expires_at };
    });
  }

  /** Sends one part; a part that is sent twice is simply not named in `complete`. Returns the part's id. */
  part(uploadId: string, number: number, content: Buffer): Promise<string> {
    return this.calls.run(`Sending part ${number} of the upload`, async () => {
      // In pieces, so that no more than one of them is copied and encrypted ahead of the connection.
      async function* chunks() {
        for (let at = 0; at < content.length; at += PIECE_BYTES)
          yield await Promise.resolve(content.subarray(at, at + PIECE_BYTES));
      }
      const form = multipartFile({}, "data", `part-${number}`, { bytes: content.length, chunks: chunks() });
      const part = await this.requests.send("post", `${path(uploadId)}/parts`, {
        body: form.body,
        headers: { "content-type": form.contentType, "content-length": String(form.contentLength) },
        timeout: PART_TIMEOUT_MS,
      });
      return expectShape(partShape, part, "a part of an upload").id;
    });
  }

  /** Makes the file from its parts. Returns its id. Not repeated when unclear: the caller looks for the file. */
  complete(uploadId: string, partIds: string[], md5: string): Promise<string | undefined> {
    return this.calls.run(
      "Completing the upload",
      async () => {
        const body = { part_ids: partIds, md5 };
        const answer = await this.requests.send("post", `${path(uploadId)}/complete`, { body });
        const completed = expectShape(completedUploadShape, answer, "the completed upload");
        expectId(completed, uploadId, "the upload");
        return completed.file?.id;
      },
      "once",
    );
  }

  async cancel(uploadId: string): Promise<void> {
    await this.calls.run("Cancelling the upload", async () => {
      const cancelled = expectShape(
        uploadShape,
        await this.requests.send("post", `${path(uploadId)}/cancel`),
        "an upload",
      );
      expectId(cancelled, uploadId, "the upload");
    });
  }
}

function path(uploadId: string): string {
  return `/uploads/${encodeURIComponent(uploadId)}`;
}
