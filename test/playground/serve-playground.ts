import type { AddressInfo, Server, Socket } from "node:net";
import { playgroundDocument } from "../../playground/page-document";
import { createPlayground } from "../../playground/server/app";
import { listen } from "../../playground/server/listen";
import type { ResultsOf } from "../../report/evaluation/facts";
import type { TestOptions } from "local-azure/testing";
import { rehearse, type Rehearsal } from "../support/rehearsal";
import { baseModel, stackOnRehearsal, type StackOnRehearsal } from "./stack-on-rehearsal";

export const token = "token-of-this-run";

/** The playground's own server on a free port, before a rehearsal service, as `npm run playground` would serve it. */
export interface ServedPlayground {
  rehearsal: Rehearsal;
  stack: StackOnRehearsal;
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** With the token. */
  address: string;
  /** Address of the interface that it listens on. */
  boundTo(): string;
  close(): Promise<void>;
  /** Every byte that the server has sent, as text. */
  sent(): string;
  /** Only the playground's server goes away. */
  stopServer(): Promise<void>;
}

/**
 * @param options - of the service; the training takes ten minutes of its clock unless they say otherwise
 * @param results - evaluations on the machine. Default: none.
 */
export async function servePlayground(options: TestOptions = {}, results?: ResultsOf): Promise<ServedPlayground> {
  const rehearsal = await rehearse({ ...options, settings: { trainingSeconds: 600, ...options.settings } });
  const stack = await stackOnRehearsal(rehearsal, results);
  const page = await playgroundDocument("local");
  const examples = { folder: rehearsal.folder, model: baseModel, inUse: [] };
  const app = createPlayground({ token, page, view: stack.view, examples });
  const sent = recordSent(app.server);
  const origin = await listen(app, 0);
  return {
    rehearsal,
    stack,
    origin,
    address: `${origin}/?token=${token}`,
    sent,
    boundTo: () => (app.server.address() as AddressInfo).address,
    stopServer: () => app.close(),
    close: async () => {
      await app.close();
      await rehearsal.close();
    },
  };
}

/** Notes what goes out at the sockets themselves, headers included. */
function recordSent(server: Server): () => string {
  const chunks: Buffer[] = [];
  server.on("connection", (socket: Socket) => {
    const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
    socket.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : "utf8";
      chunks.push(typeof chunk === "string" ? Buffer.from(chunk, encoding) : Buffer.from(chunk));
      return write(chunk, ...rest);
    };
  });
  return () => Buffer.concat(chunks).toString("utf8");
}
