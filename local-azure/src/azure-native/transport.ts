import { readFileSync } from "node:fs";
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  isRestError,
  RestError,
  type HttpClient,
  type HttpMethods,
} from "@azure/core-rest-pipeline";

/** An unanswered request ends after this; ARM answers a PUT within seconds and then lets the client poll. */
const ANSWER_TIMEOUT_MS = 60_000;

/** HTTPS that trusts, like azure-native's Go, the file named in SSL_CERT_FILE, and Node's own extra file besides. */
export function defaultTransport(environment: Readonly<Record<string, string | undefined>>): HttpClient {
  const client = createDefaultHttpClient();
  const { SSL_CERT_FILE, NODE_EXTRA_CA_CERTS } = environment;
  const ca = SSL_CERT_FILE ? [SSL_CERT_FILE, NODE_EXTRA_CA_CERTS].flatMap(readPem) : [];
  // One object for all requests: connections are kept per settings object.
  const tlsSettings = ca.length > 0 ? { ca } : undefined;
  return {
    sendRequest(request) {
      // The client's own timer would outlive a failed request and keep the process alive.
      const inTime = AbortSignal.timeout(request.timeout || ANSWER_TIMEOUT_MS);
      const given = request.abortSignal as AbortSignal | undefined;
      const abortSignal = given ? AbortSignal.any([given, inTime]) : inTime;
      return client.sendRequest({
        ...request,
        timeout: 0,
        abortSignal,
        tlsSettings: request.tlsSettings ?? tlsSettings,
      });
    },
  };
}

/** As in Go, with a file that can't be read no certificate is trusted; the failing connection then names these variables. */
function readPem(file: string | undefined): string[] {
  try {
    return file ? [readFileSync(file, "utf8")] : [];
  } catch {
    return [];
  }
}

export function jsonRequest(method: HttpMethods, url: string, body: string | undefined, abortSignal: AbortSignal) {
  const headers = createHttpHeaders({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json; charset=utf-8");
  return createPipelineRequest({ method, url, body, headers, abortSignal });
}

const NO_TRUST = "it is not trusted: name its CA file in SSL_CERT_FILE or NODE_EXTRA_CA_CERTS";
/** OpenSSL's and Node's codes for a refused certificate. */
const CERTIFICATE_PROBLEMS: Record<string, string> = {
  CERT_HAS_EXPIRED: "it has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: NO_TRUST,
  ERR_TLS_CERT_ALTNAME_INVALID: "it was issued for another host name",
  SELF_SIGNED_CERT_IN_CHAIN: NO_TRUST,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NO_TRUST,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NO_TRUST,
};

/** Nobody answered: what failed on the way, said in one sentence; `permanent` when trying again can't help. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    readonly permanent: boolean,
  ) {
    super(message);
    this.name = "NoAnswer";
  }
}

/** The failure of a request to `url` as a NoAnswer, or the error itself when it is of another kind. */
export function asNoAnswer(error: unknown, url: string): unknown {
  if (!(error instanceof Error)) return error;
  const origin = new URL(url).origin;
  const code = connectionCode(error);
  const certificateProblem = CERTIFICATE_PROBLEMS[code ?? ""];
  if (certificateProblem)
    return new NoAnswer(`The certificate of ${origin} is refused (${code}): ${certificateProblem}.`, true);
  // azcore repeats GET, PUT and DELETE whose answer can't be read to its end (policy_body_download.go).
  if (isRestError(error) && error.code === RestError.PARSE_ERROR)
    return new NoAnswer(`The answer of ${origin} was interrupted (${error.message}).`, false);
  const isTimeout = error.name === "AbortError";
  if (!code && !isTimeout) return error;
  const reason = isTimeout ? "no answer in time" : `${code}: ${error.message}`;
  return new NoAnswer(
    `${origin} can't be reached (${reason}): check that it is running and that azure-native:metadataHost ` +
      "(ARM_METADATA_HOSTNAME) names the right host.",
    false,
  );
}

/** Node's code of a failed connection, of the error or of what caused it. */
function connectionCode(error: Error): string | undefined {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (isRestError(error) && error.response) return undefined;
  if (typeof code === "string" && /^(E[A-Z_]+|CERT_|DEPTH_|SELF_|UNABLE_)/.test(code)) return code;
  return cause instanceof Error ? connectionCode(cause) : undefined;
}
