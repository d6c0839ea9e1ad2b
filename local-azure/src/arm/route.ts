import type { FastifyInstance, HTTPMethods } from "fastify";
import { param, type Reply, type Request } from "../http/request";
import type { AccessToken } from "../sign-in/tokens";
import type { World } from "../world/world";
import { authenticate, requireAction } from "./access";
import { checkApiVersion } from "./api-versions";
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
 * Declares one operation of Resource Manager. Before the handler runs, the caller has a valid token, has named one of
 * its api-versions and the right subscription, and is allowed `action` by a role.
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
        checkApiVersion(world, asked);
        const { subscriptionId } = asked.params;
        if (subscriptionId !== undefined && !sameName(subscriptionId, world.state.subscriptionId))
          throw notFound.subscription(subscriptionId);
        if (action !== "") requireAction(world, caller, action, scopeOf(asked));
        return handler({ request: asked, reply, caller, param: (name) => param(asked, name) });
      },
    });
  };
}

/** The resource that a request acts on: its path, without the operation's name at the end of a POST. */
function scopeOf(request: Request): string {
  const path = decodeURIComponent(request.url.split("?")[0] ?? "").replace(/\/+/g, "/");
  return request.method === "POST" ? path.replace(/\/[^/]+$/, "") : path;
}
