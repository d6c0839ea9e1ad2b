import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { UserError } from "../../stack/command";

/** Only programs of this machine reach it. */
const host = "127.0.0.1";
/** The same port each time, so that the browser knows the page's settings again. */
const usualPort = 4180;

/**
 * Begins to listen, on loopback alone.
 * @param wanted - port; absent: 4180, or a free one when that is taken
 * @returns the page's origin, `http://127.0.0.1:<port>`
 * @throws UserError when the port that was asked for can't be had
 */
export async function listen(app: FastifyInstance, wanted?: number): Promise<string> {
  try {
    await app.listen({ host, port: wanted ?? usualPort });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    if (wanted !== undefined) {
      const why = code === "EACCES" ? "may not be used" : "is taken by another program";
      throw new UserError(`port ${wanted} ${why}. Choose another with --port, or omit --port to use a free one.`);
    }
    await app.listen({ host, port: 0 });
  }
  return `http://${host}:${(app.server.address() as AddressInfo).port}`;
}
