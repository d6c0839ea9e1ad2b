import type { IncomingMessage } from "node:http";
import multipart from "@fastify/multipart";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import type { AppHooks, AppRoute } from "../http/app";
import { registerBodyParsers } from "../http/body-parsers";
import type { Request } from "../http/request";
import { answerError, asAzureError, unknownPath } from "./errors";

/** JSON bodies are small; uploads have parsers and limits of their own. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** What one service answers; `routes` in the order in which they were declared. */
export interface Answers {
  routes: AppRoute[];
  hooks: { [Name in keyof AppHooks]: AppHooks[Name][] };
}

/** By what the routes are called. */
const shared = new Map<string, Promise<FastifyInstance>>();

/**
 * Routes for a service. Fastify takes 30 ms to set up some 500 of them, ten times as long as all else that a service needs to start; tests start
 * hundreds of services. So those of a process share them, and each request is answered by what its own service has declared.
 *
 * @param answersOf - of the service that a request came to
 */
export function sharedRoutes(
  { routes }: Answers,
  answersOf: (request: IncomingMessage) => Answers,
): Promise<FastifyInstance> {
  const key = routes.map(({ method, url }) => `${String(method)} ${url}`).join("\n");
  const found = shared.get(key) ?? build(routes, (request) => answersOf(request.raw));
  shared.set(key, found);
  return found;
}

async function build(routes: AppRoute[], answersOf: (request: FastifyRequest) => Answers): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: {
      caseSensitive: false,
      ignoreDuplicateSlashes: true,
      ignoreTrailingSlash: true,
      maxParamLength: 1000,
    },
    // A path that can't be decoded reaches neither route nor error handler.
    frameworkErrors: (error, request, reply) => {
      void answerError(asAzureError(error, request), reply);
    },
  });
  app.addHook("onRequest", async (request, reply) => {
    for (const hook of answersOf(request).hooks.onRequest) {
      await hook(request, reply);
      if (reply.sent) return reply;
    }
    return undefined;
  });
  app.addHook("onSend", async (request, reply, payload) => {
    let sent: unknown = payload;
    for (const hook of answersOf(request).hooks.onSend) sent = await hook(request, reply, sent);
    return sent;
  });
  app.addHook("onResponse", (request, reply, done) => {
    for (const hook of answersOf(request).hooks.onResponse) hook(request, reply);
    done();
  });
  app.setErrorHandler((error, request, reply) => answerError(asAzureError(error, request), reply));
  app.setNotFoundHandler((request, reply) => answerError(unknownPath(request.method, request.url), reply));
  registerBodyParsers(app);

  const declare = (scope: FastifyInstance, uploads: boolean) => {
    for (const [at, { method, url, bodyLimit, multipart: takesUploads = false }] of routes.entries()) {
      if (takesUploads !== uploads) continue;
      scope.route({
        ...{ method, url },
        ...(bodyLimit !== undefined && { bodyLimit }),
        handler: (request, reply) => answersOf(request).routes[at]!.handler(request as Request, reply),
      });
    }
  };
  declare(app, false);
  void app.register(async (scope) => {
    await scope.register(multipart);
    declare(scope, true);
  });
  await app.ready();
  return app;
}
