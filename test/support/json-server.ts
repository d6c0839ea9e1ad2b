import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A request of a client that speaks JSON. */
export interface JsonRequest {
  /** Method and path without query, e.g. `GET /user`. */
  route: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
}

export interface JsonServer {
  origin: string;
  close(): Promise<void>;
}

/** A service on loopback that answers as the function says. */
export async function serveJson(
  answer: (request: JsonRequest) => { status: number; json?: unknown },
): Promise<JsonServer> {
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const { pathname, searchParams } = new URL(incoming.url!, "http://localhost");
      const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
      const route = `${incoming.method!} ${pathname}`;
      const { status, json } = answer({ route, query: searchParams, headers: incoming.headers, body });
      response.writeHead(status, { "content-type": "application/json" });
      response.end(json === undefined ? "" : JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
