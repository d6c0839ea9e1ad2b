import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "../../azure-openai/message-of";

/** A service on this machine's loopback that gives out federated tokens. */
export interface TokenEndpoint {
  /** For ARM_OIDC_REQUEST_URL. */
  url: string;
  /** For ARM_OIDC_REQUEST_TOKEN: new for each run, and known to the processes that this run starts alone. */
  token: string;
  close(): void;
}

/**
 * Gives out a source's tokens as GitHub gives them to its jobs (https://docs.github.com/actions/reference/security/oidc): the one way in which azure-native,
 * as the program, asks for a new token whenever an old one has ended. Which audience is asked for makes no difference: the source has one.
 *
 * @param request - a token that is valid now; what it throws is the answer's reason
 */
export async function openTokenEndpoint(request: () => Promise<string>): Promise<TokenEndpoint> {
  const token = randomBytes(32).toString("hex");
  const server = createServer((incoming, response) => {
    const answer = (status: number, body: object) =>
      response
        .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
        .end(JSON.stringify(body));
    if (!isBearer(incoming, token)) return void answer(401, { reason: "the request token is not this run's" });
    request().then(
      (value) => answer(200, { value }),
      (error: unknown) => answer(502, { reason: messageOf(error) }),
    );
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/federated-token`,
    token,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function isBearer({ headers }: IncomingMessage, token: string): boolean {
  const given = Buffer.from(/^bearer (.+)$/i.exec(headers.authorization ?? "")?.[1] ?? "");
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
