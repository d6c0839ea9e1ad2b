import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Problem } from "../api";
import { refusalPage } from "./refusal-page";

/** Header of every call of the page; a page of another origin can't send it without a preflight, which nobody answers. */
export const tokenHeader = "x-playground-token";

export interface GuardOptions {
  /** Secret of this run. */
  token: string;
  /** Content security policy of the page. */
  policy: string;
}

/**
 * Lets in nobody but the page that this run handed out. Host: against DNS rebinding; Origin: against other sites in the same
 * browser; token: against other programs and users of this machine.
 */
export function guard(app: FastifyInstance, { token, policy }: GuardOptions): void {
  app.addHook("onRequest", async (request, reply) => {
    protect(reply, policy);
    const why = refusal(request, token);
    if (!why) return;
    void reply.code(why.status);
    if (isVisit(request)) {
      const { html, policy: own } = refusalPage(why.message);
      await reply.header("content-security-policy", own).type("text/html; charset=utf-8").send(html);
    } else {
      await reply.send({ message: why.message } satisfies Problem);
    }
  });
}

/** Whether a person opened the address, rather than the page calling. */
function isVisit({ method, headers }: FastifyRequest): boolean {
  return method === "GET" && /\btext\/html\b/.test(headers.accept ?? "");
}

function protect(reply: FastifyReply, policy: string): void {
  void reply.headers({
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
  });
}

function refusal(request: FastifyRequest, token: string): { status: number; message: string } | undefined {
  const { host, origin } = request.headers;
  const port = (request.socket.address() as { port?: number }).port;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)
    return { status: 421, message: `The playground is available only at http://127.0.0.1:${port}.` };
  if (origin !== undefined && origin !== `http://${host}`)
    return { status: 403, message: "Pages from other sites can't use the playground." };
  if (!equal(givenToken(request), token)) {
    return {
      status: 401,
      message: "This link is missing its access token. Use the link that npm run playground printed.",
    };
  }
  return undefined;
}

/** The page itself is opened by a link, which can't send a header. */
function givenToken(request: FastifyRequest): string {
  const header = request.headers[tokenHeader];
  if (typeof header === "string") return header;
  const query = (request.query as Record<string, unknown>)["token"];
  return request.method === "GET" && request.url.startsWith("/?") && typeof query === "string" ? query : "";
}

function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
