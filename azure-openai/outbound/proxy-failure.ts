import { AzureFailure } from "../failure";
import { proxyFor, type Proxy } from "./proxy";

/** Codes of a connection that was never made: where a proxy is used, it is the one to the proxy. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** What to do about the proxy's answer to CONNECT. */
const ADVICE: Record<number, string> = {
  403: "allow the address on the proxy, or list its host in NO_PROXY",
  407: "it requires credentials; add them to the variable (http://user:password@host:port)",
};

/**
 * The failure of a connection as one of the proxy that the request goes through; `undefined` where there is none, or where the failure
 * is beyond it (TLS, a broken connection). Nothing was sent to `target`.
 *
 * @param code - of the network, as connection-error.ts finds it
 */
export function proxyFailure(error: unknown, code: string, target: string): AzureFailure | undefined {
  const proxy = proxyOf(target);
  if (!proxy) return undefined;
  const name = `the proxy ${proxy.shown} (${proxy.variable})`;
  const status = refusal(error);
  if (status !== undefined) {
    const advice = ADVICE[status] ?? "try again later, or list the host in NO_PROXY";
    return new AzureFailure(`${target} can't be reached: ${name} refused the connection (${status}): ${advice}.`, {
      code: status >= 500 ? "ProxyUnavailable" : "ProxyRefused",
      neverSent: true,
      permanent: status < 500,
    });
  }
  if (!NOT_CONNECTED.has(code)) return undefined;
  return new AzureFailure(
    `${target} can't be reached: ${name} does not respond (${code}): check the variable, make sure that the proxy is up, or list the host in NO_PROXY.`,
    { code, neverSent: true },
  );
}

function proxyOf(target: string): Proxy | undefined {
  try {
    return proxyFor(new URL(target));
  } catch {
    return undefined;
  }
}

/** Status with which the proxy answered CONNECT; undici has it in its message only. */
function refusal(error: unknown, depth = 0): number | undefined {
  if (typeof error !== "object" || error === null || depth > 6) return undefined;
  const { message, cause } = error as { message?: unknown; cause?: unknown };
  const status = /Proxy response \((\d{3})\)/.exec(String(message))?.[1];
  return status === undefined ? refusal(cause, depth + 1) : Number(status);
}
