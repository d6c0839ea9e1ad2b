import { randomUUID } from "node:crypto";
import type { Server } from "node:https";
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerFactory,
} from "fastify";
import { registerAdmin } from "../admin/routes";
import { RequestLog, type LoggedRequest } from "../admin/request-log";
import { registerArm } from "../arm/routes";
import { AzureError } from "../http/azure-error";
import { registerBodyParsers } from "../http/body-parsers";
import { registerDataPlane } from "../data-plane/routes";
import { registerDirectory } from "../directory/routes";
import { expire } from "./expiry";
import { Faults } from "../faults/fault";
import { registerFaults } from "../faults/hooks";
import type { Leases } from "../admin/leases";
import { Live } from "../live/live";
import type { PageSource } from "../live/page-source";
import { registerLive } from "../live/routes";
import { registerRetailPrices } from "../prices/retail-prices";
import { registerSignIn } from "../sign-in/routes";
import type { World } from "../world/world";

/** JSON bodies are small; uploads have parsers and limits of their own. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

export interface AppOptions {
  /** Where the requests come from. Default: nowhere but `inject`. */
  server?: Server;
  leases?: Leases;
  /** Makes the live page. Default: there is none. */
  page?: PageSource;
  /** Names by which the service is reached, besides those of this machine. */
  names?: readonly string[];
}

/** A request of the log, and when it arrived on the machine's clock. */
interface Arrived {
  entry: LoggedRequest;
  start: number;
}

/** The whole service over one world. */
export function createApp(world: World, { server, leases, page, names = [] }: AppOptions = {}): FastifyInstance {
  const serverFactory: FastifyServerFactory | undefined = server && ((handler) => server.on("request", handler));
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    bodyLimit: MAX_BODY_BYTES,
    // A held-open lease or a stalled client must not keep the process alive.
    forceCloseConnections: true,
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
    ...(serverFactory && { serverFactory }),
  });
  const log = new RequestLog();
  const logged = new WeakMap<FastifyRequest, Arrived>();
  const faults = new Faults();
  const live = new Live(world, log, faults);
  const ended = ({ entry, start }: Arrived, reply: FastifyReply) => {
    entry.ms = Math.round((performance.now() - start) * 10) / 10;
    live.answered(entry, reply);
  };

  app.addHook("onRequest", (request, reply, done) => {
    expire(world);
    const id = randomUUID();
    const entry = log.add(request, world.clock.now(), id);
    if (entry) {
      const arrived = { entry, start: performance.now() };
      logged.set(request, arrived);
      live.arrived(entry, request.headers);
      reply.raw.once("close", () => {
        if (reply.raw.writableFinished) return;
        entry.left = true;
        ended(arrived, reply);
      });
    }
    void reply.headers({ "x-ms-request-id": id, "x-ms-correlation-request-id": id, "apim-request-id": id });
    // By the clock that all its times come from: clients compare them with it.
    void reply.header("date", new Date(world.clock.now()).toUTCString());
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    const arrived = logged.get(request);
    if (arrived) {
      arrived.entry.status = reply.statusCode;
      ended(arrived, reply);
    }
    done();
  });
  registerFaults(app, faults);
  app.setErrorHandler((error, request, reply) => answerError(asAzureError(error, request), reply));
  app.setNotFoundHandler((request, reply) => answerError(unknownPath(request.method, request.url), reply));

  registerBodyParsers(app);
  registerAdmin(app, world, { log, faults });
  leases?.register(app, world);
  const hosts = [new URL(world.origin).hostname, ...names, "localhost", "127.0.0.1", "[::1]"];
  registerLive(app, world, { live, page, hosts: [...new Set(hosts.map((name) => name.toLowerCase()))] });
  registerSignIn(app, world);
  registerDirectory(app, world);
  registerArm(app, world);
  registerDataPlane(app, world);
  registerRetailPrices(app, world);
  return app;
}

function answerError(error: AzureError, reply: FastifyReply): FastifyReply {
  return reply
    .code(error.statusCode)
    .headers({ ...error.headers, "x-ms-error-code": error.code })
    .send(error.body());
}

/** What fastify itself refuses (too large, wrong media type) keeps its status; anything else is a fault of ours. */
function asAzureError(error: unknown, request: FastifyRequest): AzureError {
  if (error instanceof AzureError) return error;
  const { statusCode, message, stack } = error as { statusCode?: number; message?: string; stack?: string };
  if (statusCode === 415) {
    const type = request.headers["content-type"] ?? "";
    const sentence = `The content media type '${type}' is not supported. Only 'application/json' is supported.`;
    return new AzureError(415, "UnsupportedMediaType", sentence);
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const code = statusCode === 413 ? "RequestEntityTooLarge" : "BadRequest";
    return new AzureError(statusCode, code, message ?? code);
  }
  process.stderr.write(`local-azure: ${stack ?? String(error)}\n`);
  return new AzureError(
    500,
    "InternalServerError",
    "The server encountered an internal error. Please retry the request.",
  );
}

function unknownPath(method: string, url: string): AzureError {
  const path = url.split("?")[0] ?? "";
  if (/^\/+(subscriptions|providers|tenants)\b/i.test(path)) {
    const sentence = `No operation of this service answers ${method} ${path}.`;
    return new AzureError(404, "InvalidResourceType", sentence);
  }
  return new AzureError(404, "404", "Resource not found");
}
