import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LIVE_PATH } from "../admin/live-link";

/** Only programs of this machine reach it. */
const HOST = "127.0.0.1";

export interface LiveListener {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  close(): void;
}

/**
 * Serves the live page, and nothing else of the service, by plain HTTP on this machine: a browser doesn't trust the service's certificates, and to trust an
 * authority is too much to ask of who only wants to look.
 *
 * @param port - that it has usually; another one is taken where that is in use
 * @param answer - answers a request as if it had come to the service itself
 */
export async function listenForLive(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<LiveListener> {
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    if (path === LIVE_PATH || path.startsWith(`${LIVE_PATH}/`)) {
      answer(request, response);
    } else if (path === "/") {
      response.writeHead(302, { location: LIVE_PATH }).end();
    } else {
      response.writeHead(404, { "content-type": "application/json" });
      response.end(JSON.stringify({ message: `Only ${LIVE_PATH} is served here.` }));
    }
  });
  await listen(server, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    return listen(server, 0);
  });
  return {
    origin: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: HOST, port, exclusive: true }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
