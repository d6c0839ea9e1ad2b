import { AzureFailure } from "./failure";

/** What to check, by the code that Node gives the failed connection. */
const ADVICE: Record<string, string> = {
  ECONNREFUSED: "nothing is listening there: check the address, and that the service or proxy is up",
  ENOTFOUND: "the name can't be resolved: check its spelling and the DNS of this machine",
  EAI_AGAIN: "the name can't be resolved at the moment: check the network and the DNS of this machine",
  ETIMEDOUT: "no response in time: check the network, the proxy and the firewall",
  UND_ERR_CONNECT_TIMEOUT: "no response in time: check the network, the proxy and the firewall",
  EHOSTUNREACH: "the host can't be reached: check the network",
  ENETUNREACH: "the network can't be reached: check the connection",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};
const UNTRUSTED = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);
const UNTRUSTED_ADVICE =
  "its certificate is not trusted: point NODE_EXTRA_CA_CERTS at the certificate authority's PEM file before starting pulumi";

/** The connection was never made, so no request can have been handled. */
const NEVER_SENT = new Set([...Object.keys(ADVICE).filter((code) => code !== "ETIMEDOUT"), ...UNTRUSTED]);

/**
 * The failure of a connection as a sentence that names the address and what to check; `undefined` for other errors.
 * @param target - address that was called
 */
export function connectionFailure(error: unknown, target: string): AzureFailure | undefined {
  const told = toldBefore(error);
  if (told) return told;
  const code = networkCode(error);
  if (code === undefined) return undefined;
  const advice = UNTRUSTED.has(code) ? UNTRUSTED_ADVICE : (ADVICE[code] ?? "the connection was interrupted");
  return new AzureFailure(`${target} can't be reached (${code}): ${advice}.`, {
    code,
    neverSent: NEVER_SENT.has(code),
  });
}

/** What `outbound` has explained already, also where a client has wrapped it. */
function toldBefore(error: unknown, depth = 0): AzureFailure | undefined {
  if (error instanceof AzureFailure) return error.neverSent ? error : undefined;
  if (typeof error !== "object" || error === null || depth > 6) return undefined;
  return toldBefore((error as { cause?: unknown }).cause, depth + 1);
}

/** Walks `cause`, `errors` and wrapped errors down to the code of the socket, the resolver or TLS. */
export function networkCode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 6) return undefined;
  const { code, cause, errors, name } = error as { code?: unknown; cause?: unknown; errors?: unknown; name?: unknown };
  if (typeof code === "string" && isNetworkCode(code)) return code;
  const inner =
    networkCode(cause, depth + 1) ?? (Array.isArray(errors) ? networkCode(errors[0], depth + 1) : undefined);
  if (inner) return inner;
  if (name === "TimeoutError" || name === "APIConnectionTimeoutError") return "ETIMEDOUT";
  return undefined;
}

function isNetworkCode(code: string): boolean {
  return code in ADVICE || UNTRUSTED.has(code) || /^(E[A-Z]{4,}|UND_ERR_[A-Z_]+|ERR_(TLS|SSL)_[A-Z_]+)$/.test(code);
}
