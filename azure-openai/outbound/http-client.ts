import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { messageOf } from "../message-of";
import {
  createHttpHeaders,
  RestError,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import { AzureFailure } from "../failure";
import { outboundFetch } from "./fetch";

/**
 * The transport of Azure's clients over the one way out, in place of their own (which has other rules for NO_PROXY, and would follow a
 * `nextLink` or an operation's address to any host with the token).
 *
 * @param onlyTo - origin that requests may go to; every other is refused. @default any, for signing in
 */
export function outboundClient(onlyTo?: string): HttpClient {
  const origin = onlyTo === undefined ? undefined : new URL(onlyTo).origin;
  return {
    async sendRequest(request) {
      const asked = new URL(request.url).origin;
      if (origin !== undefined && asked !== origin) {
        throw new AzureFailure(
          `${origin} returned ${asked} as the next address to call; the token is only for ${origin}, so no request was sent to ${asked}.`,
          { code: "ForeignAddress", neverSent: true, permanent: true },
        );
      }
      try {
        return await send(request);
      } catch (error) {
        if (error instanceof AzureFailure || (error as Error).name === "AbortError") throw error;
        throw asRestError(error, request);
      }
    },
  };
}

async function send(request: PipelineRequest): Promise<PipelineResponse> {
  const response = await outboundFetch(request.url, {
    method: request.method,
    headers: { ...request.headers.toJSON({ preserveCase: true }) },
    body: bodyOf(request),
    signal: signalOf(request),
  });
  const headers = createHttpHeaders(Object.fromEntries(response.headers));
  const streamed = request.streamResponseStatusCodes;
  // As the clients' own transport does: an infinite status means every one.
  if (response.body && (streamed?.has(Infinity) || streamed?.has(response.status))) {
    const readableStreamBody = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
    return { request, status: response.status, headers, readableStreamBody };
  }
  return { request, status: response.status, headers, bodyAsText: await response.text() };
}

/** The form in which the clients expect a broken connection: their own transport's. */
function asRestError(error: unknown, request: PipelineRequest): RestError {
  const message = messageOf(error);
  const code = codeOf(error) ?? RestError.REQUEST_SEND_ERROR;
  return Object.assign(new RestError(message, { code, request }), { cause: error });
}

function codeOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 6) return undefined;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === "string" ? code : codeOf(cause, depth + 1);
}

/** The clients that are used here send JSON and forms. */
function bodyOf({ body }: PipelineRequest): string | undefined {
  if (body === undefined || body === null || typeof body === "string") return body ?? undefined;
  throw new TypeError("This transport sends text only.");
}

function signalOf({ abortSignal, timeout }: PipelineRequest): AbortSignal | undefined {
  const signals = [abortSignal as AbortSignal | undefined, timeout > 0 ? AbortSignal.timeout(timeout) : undefined];
  const given = signals.filter((signal) => signal !== undefined);
  return given.length > 0 ? AbortSignal.any(given) : undefined;
}
