import type { OpenAI } from "openai";
import type { Calls } from "./calls";
import { multipartFile, type FileContent } from "./multipart-file";

/** A file of the account, as the service lists it. */
export interface RemoteFile {
  id: string;
  filename: string;
  purpose: string;
  /** Size in bytes; the service may leave it out while a file is imported. */
  bytes: number | null;
  /** Unix seconds. */
  created_at: number;
  status: string;
  /** Why the file ended in `error`. */
  status_details?: string | null;
}

/** The slowest line we wait for: 100 MB in 20 minutes are 0.7 Mbit/s. */
const UPLOAD_TIMEOUT_MS = 20 * 60_000;

/** Files of one account. All methods throw AzureFailure. */
export class RemoteFiles {
  constructor(
    private readonly client: OpenAI,
    private readonly calls: Calls,
  ) {}

  /** Every file of a purpose, over all pages. */
  list(purpose: string): Promise<RemoteFile[]> {
    return this.calls.run("Listing the files", async () => {
      const files: RemoteFile[] = [];
      for await (const file of this.client.files.list({ purpose, limit: 1000 })) files.push(toRemoteFile(file));
      return files;
    });
  }

  get(id: string): Promise<RemoteFile> {
    return this.calls.run(`Looking up the file ${id}`, async () => toRemoteFile(await this.client.files.retrieve(id)));
  }

  /**
   * Uploads in one request, streaming. Not repeated when it is unclear whether it was handled: the caller looks for the file.
   * @param content is read once per attempt; when it throws, the request is cut before its end and no file comes to be
   */
  create(filename: string, purpose: string, content: () => FileContent): Promise<RemoteFile> {
    return this.calls.run(
      `Uploading ${filename}`,
      async () => {
        const { body, contentType, contentLength } = multipartFile({ purpose }, "file", filename, content());
        const created = await this.client.post<OpenAI.FileObject>("/files", {
          body,
          headers: { "content-type": contentType, "content-length": String(contentLength) },
          timeout: UPLOAD_TIMEOUT_MS,
        });
        return toRemoteFile(created);
      },
      "once",
    );
  }

  async delete(id: string): Promise<void> {
    await this.calls.run(`Deleting the file ${id}`, () => this.client.files.delete(id));
  }

  /** The file's bytes as text: result files, a few hundred kB at most. */
  text(id: string): Promise<string> {
    return this.calls.run(`Reading the file ${id}`, async () => (await this.client.files.content(id)).text());
  }

  /** Hands the file's bytes on as they come, since a training file may be large. */
  read(id: string, chunk: (bytes: Uint8Array) => void, restart: () => void): Promise<void> {
    return this.calls.run(`Reading the file ${id}`, async () => {
      restart();
      const response = await this.client.files.content(id, { timeout: UPLOAD_TIMEOUT_MS });
      for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) chunk(bytes);
    });
  }
}

/** The client's type knows three states only; Azure has more (pending, running, deleting, deleted). */
function toRemoteFile(file: OpenAI.FileObject): RemoteFile {
  const { id, filename, purpose, created_at } = file;
  const { bytes, status, status_details } = file as { bytes?: number | null; status: string; status_details?: string };
  return { id, filename, purpose, bytes: bytes ?? null, created_at, status, status_details };
}
