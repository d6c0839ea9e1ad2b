import type { HttpClient } from "@azure/core-rest-pipeline";
import { asNoAnswer, jsonRequest } from "./transport";

/** Where a workflow's token is asked for, and by what right. */
export interface TokenRequest {
  url: string;
  token: string;
  audience: string;
}

/** A host that does not answer is reported while the user still waits for the sign-in. */
const TIMEOUT_MS = 30_000;

/**
 * The OIDC token of a GitHub workflow (or a service that speaks the same), asked for at its request URL.
 *
 * @param transport - the provider's own: it trusts whom azure-native's Go would trust (SSL_CERT_FILE), which `fetch` does not
 */
export async function gitHubToken({ url, token, audience }: TokenRequest, transport: HttpClient): Promise<string> {
  const asked = new URL(url);
  asked.searchParams.set("audience", audience);
  const request = jsonRequest("GET", asked.href, undefined, AbortSignal.timeout(TIMEOUT_MS));
  request.headers.set("authorization", `Bearer ${token}`);
  // As Go's client does: who opens an endpoint on the loopback for its children has no certificate for it.
  request.allowInsecureConnection = true;
  const { status, bodyAsText } = await transport.sendRequest(request).catch((error: unknown) => {
    throw asNoAnswer(error, url);
  });
  if (status < 200 || status > 299)
    throw new Error(`The OIDC token request to ${asked.origin} was answered ${status}.`);
  const value = valueIn(bodyAsText);
  if (!value) throw new Error(`The OIDC token request to ${asked.origin} was answered without a token.`);
  return value;
}

function valueIn(body: string | null | undefined): string | undefined {
  try {
    const { value } = JSON.parse(body ?? "") as { value?: unknown };
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
