import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

/** One request of a client, and what it was answered. */
export interface Exchange {
  client: string;
  method: string;
  /** Path and query. */
  url: string;
  status: number;
  contentType: string;
  body: string;
}

/** Writes down what is answered, as it leaves. */
export class Recorder {
  readonly exchanges: Exchange[] = [];
  /** Whose requests come now; those of nobody are not kept. */
  client: string | undefined;

  watch(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { client } = this;
    if (client === undefined) return;
    const chunks: Buffer[] = [];
    const keep = (chunk: unknown) => {
      if (typeof chunk === "string" || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    const write = outgoing.write.bind(outgoing) as (...args: unknown[]) => boolean;
    const writeHead = outgoing.writeHead.bind(outgoing) as (...args: unknown[]) => ServerResponse;
    const end = outgoing.end.bind(outgoing) as (...args: unknown[]) => ServerResponse;
    let contentType = "";
    // Headers that come with the status are in no `getHeader`.
    outgoing.writeHead = (...args: unknown[]) => {
      const headers = args.at(-1);
      if (typeof headers === "object") contentType = contentTypeOf(headers as OutgoingHttpHeaders);
      return writeHead(...args);
    };
    outgoing.write = (...args: unknown[]) => {
      keep(args[0]);
      return write(...args);
    };
    outgoing.end = (...args: unknown[]) => {
      keep(args[0]);
      return end(...args);
    };
    outgoing.once("finish", () => {
      this.exchanges.push({
        client,
        method: incoming.method ?? "",
        url: incoming.url ?? "",
        status: outgoing.statusCode,
        contentType: contentType || String(outgoing.getHeader("content-type") ?? ""),
        body: Buffer.concat(chunks).toString("utf8"),
      });
    });
  }
}

function contentTypeOf(headers: OutgoingHttpHeaders): string {
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type") ?? [];
  return String(value ?? "");
}
