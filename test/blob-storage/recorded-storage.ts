import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { openCertificates } from "local-azure/storage/certificates";
import { temporaryFolder } from "../support/temporary-folder";
import { trustAuthority } from "../support/trust";

/** A content of a blob, under the ETag and version that it had. */
export interface Content {
  text: string;
  etag: string;
  /** Absent where versioning is off. */
  version?: string;
}

/** What the service answers in place of a blob. */
export interface Refusal {
  status: number;
  code: string;
}

/**
 * Blob Storage as its REST reference documents it (learn.microsoft.com/rest/api/storageservices: Get Blob, Get Blob Properties, List Blobs), for
 * what Azurite does not have: versions, roles, network rules, broken streams. Refusals of a HEAD have their code in a header alone.
 */
export class RecordedStorage {
  readonly requests: string[] = [];
  /** By account, container and name; the last content is the current one. */
  readonly blobs = new Map<string, Content[]>();
  /** Answered to every request while it is set. */
  refusal: Refusal | undefined;
  /** Bytes after which a stream breaks, once each. */
  readonly breaks: number[] = [];

  private constructor(
    readonly endpoint: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<RecordedStorage> {
    const { caPem, cert, key } = await openCertificates(temporaryFolder("storage"));
    trustAuthority(caPem);
    const server = createServer({ cert, key });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const storage = new RecordedStorage(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
    server.on("request", (request, response) => storage.answer(request, response));
    return storage;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url!, this.endpoint);
    this.requests.push(`${request.method} ${decodeURIComponent(url.pathname)}${url.search}`);
    if (this.refusal) return refuse(request, response, this.refusal);
    if (url.searchParams.get("comp") === "list") return this.list(url, response);
    const contents = this.blobs.get(decodeURIComponent(url.pathname));
    const version = url.searchParams.get("versionid");
    const content = version === null ? contents?.at(-1) : contents?.find((one) => one.version === version);
    if (!content) return refuse(request, response, { status: 404, code: "BlobNotFound" });
    const condition = request.headers["if-match"];
    if (condition !== undefined && condition !== content.etag)
      return refuse(request, response, { status: 412, code: "ConditionNotMet" });
    this.send(request, response, content);
  }

  private send(request: IncomingMessage, response: ServerResponse, { text, etag, version }: Content): void {
    const bytes = Buffer.from(text);
    const from = Number(
      /^bytes=(\d+)-/.exec(String(request.headers["x-ms-range"] ?? request.headers.range ?? ""))?.[1] ?? 0,
    );
    const body = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      ...{ etag, "content-length": body.length, "x-ms-blob-type": "BlockBlob", "x-ms-request-id": "1" },
      ...(from > 0 && { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
      ...(version !== undefined && { "x-ms-version-id": version }),
    });
    if (request.method === "HEAD") return void response.end();
    const cut = this.breaks.shift();
    if (cut === undefined) return void response.end(body);
    response.write(body.subarray(0, cut), () => response.destroy());
  }

  /** With ETags as lists have them: without quotes. */
  private list(url: URL, response: ServerResponse): void {
    const start = `${url.pathname}/${url.searchParams.get("prefix") ?? ""}`;
    const below = [...this.blobs].filter(([name]) => name.startsWith(start) && !name.slice(start.length).includes("/"));
    const items = below.map(([name, contents]) => {
      const { text, etag } = contents.at(-1)!;
      const properties = `<Etag>${etag.replaceAll('"', "")}</Etag><Content-Length>${Buffer.byteLength(text)}</Content-Length><BlobType>BlockBlob</BlobType>`;
      return `<Blob><Name>${name.slice(url.pathname.length + 1)}</Name><Properties>${properties}</Properties></Blob>`;
    });
    response.writeHead(200, { "content-type": "application/xml" });
    response.end(
      `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="${this.endpoint}" ContainerName="sets"><Blobs>${items.join("")}</Blobs><NextMarker /></EnumerationResults>`,
    );
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, { status, code }: Refusal): void {
  response.writeHead(status, { "content-type": "application/xml", "x-ms-error-code": code });
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>What it means.</Message></Error>`;
  response.end(request.method === "HEAD" ? undefined : body);
}
