import type { TLSSocket } from "node:tls";
import type { FastifyReply, FastifyRequest } from "fastify";
import { LIVE_PATH, liveToken } from "../admin/live-link";
import { sameSecret } from "../sign-in/client-authentication";
import type { World } from "../world/world";

/** Header of every call of the page; a page of another origin can't send it without a preflight, which nobody answers. */
export const LIVE_HEADER = "x-local-azure-live";

/** Why a request gets nothing; the sentence is for the person. */
export interface Refusal {
  status: number;
  message: string;
}

/**
 * Lets in nobody but the page, opened by its link. Host: against DNS rebinding; Origin: against other sites in the same browser; token: against other
 * programs and users of this machine. The page itself holds nothing, and needs no token.
 *
 * @param hosts - names by which the service is reached, without port: a container's port may be another one outside
 */
export function refusalOf(
  request: Pick<FastifyRequest, "headers" | "url" | "raw">,
  { state, hosts }: Pick<World, "state"> & { hosts: readonly string[] },
): Refusal | undefined {
  const { host = "", origin, "sec-fetch-site": site } = request.headers;
  if (!hosts.includes(hostname(host)))
    return { status: 421, message: `The live page is served at ${hosts.join(", ")} only, not at ${hostname(host)}.` };
  const scheme = (request.raw.socket as Partial<TLSSocket>).encrypted ? "https" : "http";
  const foreign = site !== undefined && site !== "same-origin" && site !== "none";
  if ((origin !== undefined && origin !== `${scheme}://${host}`) || (foreign && !isPage(request)))
    return { status: 403, message: "Pages from other sites can't use the live page." };
  if (isPage(request)) return undefined;
  const given = request.headers[LIVE_HEADER];
  if (typeof given === "string" && sameSecret(given, liveToken(state))) return undefined;
  return {
    status: 401,
    message: "This link has no valid access token. Open the link that the service printed when it started.",
  };
}

/** On every answer, refusals too: other sites can neither read nor frame it, and nothing is kept. */
export function protect(reply: FastifyReply, policy = "default-src 'none'; frame-ancestors 'none'"): void {
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

function isPage({ url }: Pick<FastifyRequest, "url">): boolean {
  return url.split("?")[0]!.replace(/\/$/, "") === LIVE_PATH;
}

function hostname(host: string): string {
  return host.replace(/:\d+$/, "").toLowerCase();
}
