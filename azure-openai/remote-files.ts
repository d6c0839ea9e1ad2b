import type { Calls } from "./calls";
import { listAll } from "./list-all";
import { multipartFile, type FileContent } from "./multipart-file";
import { ANSWER_MS, type Requests } from "./requests";
import { fileShape } from "./shapes";
import { expectId, expectShape, isMarkup, UnexpectedAnswer } from "./unexpected-answer";

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
    private readonly requests: Requests,
    private readonly calls: Calls,
  ) {}

  /** Every file of a purpose, over all pages. */
  list(purpose: string): Promise<RemoteFile[]> {
    return this.calls.run("Listing the files", async () => {
      const page = (query: object) => this.requests.send("get", "/files", { query: { purpose, ...query } });
      return (await listAll(page, fileShape, "a list of files", 1000)).map(toRemoteFile);
    });
  }

  get(id: string): Promise<RemoteFile> {
    return this.calls.run(`Looking up the file ${id}`, async () => {
      const file = toRemoteFile(await this.requests.send("get", path(id)));
      expectId(file, id, "the file");
      return file;
    });
  }

  /**
   * Uploads in one request, streaming. Not repeated when it is unclear whether it was handled: the caller looks for the file.
   * @param content - is read once per attempt; when it throws, the request is cut before its end and no file comes to be
   */
  create(filename: string, purpose: string, content: () => FileContent): Promise<RemoteFile> {
    return this.calls.run(
      `Uploading ${filename}`,
      async () => {
        const { body, contentType, contentLength } = multipartFile({ purpose }, "file", filename, content());
        const headers = { "content-type": contentType, "content-length": String(contentLength) };
        return toRemoteFile(await this.requests.send("post", "/files", { body, headers, timeout: UPLOAD_TIMEOUT_MS }));
      },
      "once",
    );
  }

  async delete(id: string): Promise<void> {
    await this.calls.run(`Deleting the file ${id}`, () => this.requests.delete(path(id), "the file's deletion"));
  }

  /** The file's bytes as text: result files, a few hundred kB at most. */
  text(id: string): Promise<string> {
    return this.calls.run(`Reading the file ${id}`, async () => {
      const text = await this.requests.raw(`${path(id)}/content`, ANSWER_MS, (response) => response.text());
      if (isMarkup(text)) throw new UnexpectedAnswer("the file's content", "an HTML page");
      if (isObject(text)) throw new UnexpectedAnswer("the file's content", "a JSON object");
      return text;
    });
  }

  /**
   * Hands the file's bytes on as they come, since a training file may be large.
   * @param bytes - the file's size, where it is known: an answer of another length is not the file
   */
  read(id: string, chunk: (bytes: Uint8Array) => void, restart: () => void, bytes?: number): Promise<void> {
    return this.calls.run(`Reading the file ${id}`, () => {
      restart();
      return this.requests.raw(`${path(id)}/content`, UPLOAD_TIMEOUT_MS, async (response) => {
        if (/\bhtml\b/i.test(response.headers.get("content-type") ?? ""))
          throw new UnexpectedAnswer("the file's content", "an HTML page");
        let length = 0;
        for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
          length += part.length;
          chunk(part);
        }
        if (bytes !== undefined && length !== bytes)
          throw new UnexpectedAnswer(`the file's ${bytes} bytes`, `${length} bytes`);
      });
    });
  }
}

function path(id: string): string {
  return `/files/${encodeURIComponent(id)}`;
}

/** A table never begins so; an error of a service or gateway does. */
function isObject(text: string): boolean {
  return /^\uFEFF?\s*\{/.test(text);
}

/** The client's type knows three states only; Azure has more (pending, running, deleting, deleted). */
function toRemoteFile(answer: unknown): RemoteFile {
  const { id, filename, purpose, bytes, created_at, status, status_details } = expectShape(fileShape, answer, "a file");
  return { id, filename, purpose, bytes: bytes ?? null, created_at, status, status_details };
}
