import type { FastifyRequest } from "fastify";

/** A list page that says that there are more: by `has_more`, or by a `nextLink` to itself. Undefined for what is no list. */
export function endlessPage(request: FastifyRequest, payload: unknown): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(String(payload));
  } catch {
    return undefined;
  }
  if (typeof body !== "object" || body === null) return undefined;
  if ("data" in body && Array.isArray(body.data)) return JSON.stringify({ ...body, has_more: true });
  const self = `${request.protocol}://${request.headers.host}${request.url}`;
  return "value" in body && Array.isArray(body.value) ? JSON.stringify({ ...body, nextLink: self }) : undefined;
}
