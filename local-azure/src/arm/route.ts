import { randomUUID } from "node:crypto";
import type { HTTPMethods } from "fastify";
import type { App } from "../http/app";
import { asObject, param, type Reply, type Request } from "../http/request";
import type { AccessToken } from "../sign-in/tokens";
import type { World } from "../world/world";
import { authenticate, requireAction } from "./access";
import { checkApiVersion, locationOf } from "./api-versions";
import { notFound } from "./errors";
import { checkLocks } from "./lock-check";
import { checkPreconditions } from "./preconditions";
import { RateLimits } from "./rate-limits";
import { findRegion } from "./regions";
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

export function routes(app: App, world: World): Route {
  const limits = new RateLimits(world.clock);
  return (method, url, action, handler) => {
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        const caller = authenticate(world, request.headers.authorization);
        checkApiVersion(world, request);
        const { subscriptionId } = request.params;
        if (subscriptionId !== undefined && !sameName(subscriptionId, world.state.subscriptionId))
          throw notFound.subscription(subscriptionId);
        if (action !== "") requireAction(world, caller, action, scopeOf(request));
        void reply.headers(limits.take(request.method));
        if (url.includes(`/${NAMESPACE}/`))
          void reply.header("x-ms-operation-identifier", operationIdentifier(world, request, caller));
        checkPreconditions(world, request);
        checkLocks(world, request, scopeOf(request));
        const answer: unknown = await handler({ request, reply, caller, param: (name) => param(request, name) });
        const tag = asObject(answer)?.etag;
        if (typeof tag === "string") void reply.header("etag", tag);
        return answer;
      },
    });
  };
}

const NAMESPACE = "Microsoft.CognitiveServices";

/** Who asked where, in the form on record: `tenantId=...,objectId=.../westeurope/<guid>`. */
function operationIdentifier(world: Pick<World, "state">, request: Request, { tid, oid }: AccessToken): string {
  const location = locationOf(world, request);
  const region = (location !== "*" && findRegion(location)?.name) || DEFAULT_REGION;
  return `tenantId=${tid},objectId=${oid}/${region}/${randomUUID()}`;
}

/** Azure names the region that took the request, which a machine of one's own does not have. */
const DEFAULT_REGION = "northcentralus";

/** The resource that a request acts on: its path, without the operation's name at the end of a POST. */
function scopeOf(request: Request): string {
  const path = decodeURIComponent(request.url.split("?")[0] ?? "").replace(/\/+/g, "/");
  return request.method === "POST" ? path.replace(/\/[^/]+$/, "") : path;
}
