import type { FastifyInstance, HTTPMethods } from "fastify";
import { AzureError } from "../http/azure-error";
import { param, type Reply, type Request } from "../http/request";
import type { AccessToken } from "../sign-in/tokens";
import type { World } from "../world/world";
import { authenticate, requireAction } from "./access";
import { notFound } from "./errors";
import { sameName } from "./resources";

/** What a handler gets besides request and reply. */
export interface ArmCall {
  request: Request;
  reply: Reply;
  caller: AccessToken;
  /** Path parameter, decoded. */
  param: (name: string) => string;
}

/**
 * Declares one operation of Resource Manager. Before the handler runs, the caller has a valid token, has named an
 * api-version and the right subscription, and is allowed `action` by a role.
 */
export type Route = (method: HTTPMethods, path: string, action: string, handler: (call: ArmCall) => unknown) => void;

export function routes(app: FastifyInstance, world: World): Route {
  return (method, url, action, handler) => {
    app.route({
      method,
      url,
      handler: (request, reply) => {
        const asked = request as Request;
        const caller = authenticate(world, asked.headers.authorization);
        checkApiVersion(asked.query["api-version"]);
        const { subscriptionId } = asked.params;
        if (subscriptionId !== undefined && !sameName(subscriptionId, world.state.subscriptionId))
          throw notFound.subscription(subscriptionId);
        if (action !== "") requireAction(world, caller, action, scopeOf(asked));
        return handler({ request: asked, reply, caller, param: (name) => param(asked, name) });
      },
    });
  };
}

/** Any version is taken that looks like one: it comes back in the addresses of operations. */
function checkApiVersion(version: unknown): void {
  if (version === undefined || version === "") {
    const sentence = "The api-version query parameter (?api-version=) is required for all requests.";
    throw new AzureError(400, "MissingApiVersionParameter", sentence);
  }
  if (typeof version !== "string" || !/^[\w.-]+$/.test(version)) {
    const sentence = `The api-version ${JSON.stringify(version)} is invalid. It is one date, such as 2025-06-01.`;
    throw new AzureError(400, "InvalidApiVersionParameter", sentence);
  }
}

/** The resource that a request acts on: its path, without the operation's name at the end of a POST. */
function scopeOf(request: Request): string {
  const path = decodeURIComponent(request.url.split("?")[0] ?? "").replace(/\/+/g, "/");
  return request.method === "POST" ? path.replace(/\/[^/]+$/, "") : path;
}
