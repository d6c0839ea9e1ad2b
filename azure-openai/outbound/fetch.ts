import { Agent, Dispatcher, fetch, ProxyAgent, type RequestInit as UndiciInit } from "undici";
import { networkCode } from "../connection-error";
import { AzureFailure } from "../failure";
import { proxyFailure } from "./proxy-failure";
import { proxyFor, ProxySettingError } from "./proxy";

/** Sends each request directly or through the proxy that the environment names for it. */
class Outbound extends Dispatcher {
  private readonly direct = new Agent();
  private readonly proxies = new Map<string, ProxyAgent>();

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandlers): boolean {
    return this.route(new URL(String(options.origin))).dispatch(options, handler);
  }

  private route(origin: URL): Dispatcher {
    const proxy = proxyFor(origin);
    if (!proxy) return this.direct;
    const known = this.proxies.get(proxy.url);
    if (known) return known;
    const agent = new ProxyAgent(proxy.url);
    this.proxies.set(proxy.url, agent);
    return agent;
  }
}

const dispatcher = new Outbound();

/** More redirects than this within one service are a loop. */
const REDIRECTS = 3;

/**
 * The one way of every request that is made here: through the proxy where one is set, and never on to another origin with what was meant
 * for this one. Redirects within the origin are followed for reads.
 *
 * @throws AzureFailure when the service redirects to another address; what `fetch` throws
 */
export const outboundFetch: typeof globalThis.fetch = async (input, init) => {
  const given = input instanceof Request ? input : undefined;
  if (given) throw new TypeError("outboundFetch takes an address, not a Request.");
  let url = new URL(input);
  for (let count = 0; ; count++) {
    checkProxy(url);
    const options = { ...(init as UndiciInit), dispatcher, ...(isStream(init?.body) ? UNCLONED : FOLLOWED_HERE) };
    const response = await fetch(url, options).catch((error: unknown) => {
      if (isRedirect(error)) throw redirectedUpload(url);
      throw proxyFailure(error, networkCode(error) ?? "", url.origin) ?? error;
    });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || !location) return response;
    await response.body?.cancel();
    const next = new URL(location, url);
    const reads = ["GET", "HEAD"].includes((init?.method ?? "GET").toUpperCase());
    if (next.origin !== url.origin || !reads || count === REDIRECTS) throw redirected(url, next, response.status);
    url = next;
  }
};

const FOLLOWED_HERE = { redirect: "manual" } as const;
/**
 * For a body that is a stream. `fetch` clones a request that it might have to send again, and the clone's half of the stream would hold in memory all
 * that is sent. It does not where it may neither follow a redirect nor ask anybody (undici, `httpNetworkOrCacheFetch`).
 */
const UNCLONED = { redirect: "error", window: null } as const;

function isStream(body: unknown): boolean {
  return body instanceof ReadableStream;
}

function isRedirect(error: unknown): boolean {
  return (error as { cause?: { message?: unknown } }).cause?.message === "unexpected redirect";
}

function redirectedUpload(url: URL): AzureFailure {
  return new AzureFailure(
    `${url.origin} responded to a write with a redirect, which was not followed. Check for a proxy, gateway or sign-in page in between.`,
    { status: 307, code: "RedirectRefused" },
  );
}

function checkProxy(url: URL): void {
  try {
    proxyFor(url);
  } catch (error) {
    if (!(error instanceof ProxySettingError)) throw error;
    throw new AzureFailure(error.message, { code: "ProxySetting", neverSent: true, permanent: true });
  }
}

function redirected(from: URL, to: URL, status: number): AzureFailure {
  const reason =
    from.origin === to.origin
      ? "redirected too often, or redirected a write request"
      : `redirected to ${to.origin}, which must not receive this request's data and token`;
  return new AzureFailure(
    `${from.origin} ${reason} (${status}). The redirect was not followed. Check for a proxy, gateway or sign-in page in between.`,
    { status, code: "RedirectRefused" },
  );
}
