import type { FastifyReply, FastifyRequest } from "fastify";

/** A request whose path parameters, query and body are read as plain text and JSON; handlers check what they use. */
export type Request = FastifyRequest<{
  Params: Record<string, string>;
  Querystring: Record<string, string | undefined>;
}>;
export type Reply = FastifyReply;

/** Value of a path parameter of the route (`:name`), decoded; the route guarantees that it is there. */
export function param(request: Request, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new Error(`The route ${request.routeOptions.url ?? ""} has no parameter ${name}.`);
  return value;
}

/** The body as a JSON object; anything else counts as empty. */
export function bodyObject(request: { body: unknown }): Record<string, unknown> {
  return asObject(request.body) ?? {};
}

/** The value if it is a JSON object. */
export function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
