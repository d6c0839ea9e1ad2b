import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest, InjectOptions, LightMyRequestResponse } from "fastify";
import { registerAdmin } from "../admin/routes";
import { RequestLog, type LoggedRequest } from "../admin/request-log";
import { registerArm } from "../arm/routes";
import { registerDataPlane } from "../data-plane/routes";
import { registerDirectory } from "../directory/routes";
import { expire } from "./expiry";
import { Faults } from "../faults/fault";
import { registerFaults } from "../faults/hooks";
import type { App, AppHooks, AppRoute } from "../http/app";
import type { Leases } from "../admin/leases";
import { Live } from "../live/live";
import type { PageSource } from "../live/page-source";
import { registerLive } from "../live/routes";
import { registerRetailPrices } from "../prices/retail-prices";
import { sharedRoutes, type Answers } from "./shared-routes";
import { registerSignIn } from "../sign-in/routes";
import type { World } from "../world/world";

export interface ServiceOptions {
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
export class Service implements App, Answers {
  readonly routes: AppRoute[] = [];
  readonly hooks: Answers["hooks"] = { onRequest: [], onSend: [], onResponse: [] };
  private fastify: FastifyInstance | undefined;
  /** Marks the requests that the service makes to itself. */
  private readonly mark = randomUUID();

  static async over(world: World, options: ServiceOptions = {}): Promise<Service> {
    const service = new Service();
    declare(service, world, options);
    service.fastify = await sharedRoutes(service, answersOf);
    marked.set(service.mark, service);
    return service;
  }

  route(route: AppRoute): void {
    this.routes.push(route);
  }

  get(url: string, handler: AppRoute["handler"]): void {
    this.route({ method: "GET", url, handler });
  }

  post(url: string, handler: AppRoute["handler"]): void {
    this.route({ method: "POST", url, handler });
  }

  addHook<Name extends keyof AppHooks>(name: Name, hook: AppHooks[Name]): void {
    this.hooks[name].push(hook);
  }

  inject(request: InjectOptions): Promise<LightMyRequestResponse> {
    return this.fastify!.inject({ ...request, headers: { ...request.headers, [MARK]: this.mark } });
  }

  /** Answers what a server receives from now on. */
  serve(server: Server): void {
    const { server: common } = this.fastify!;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      received.set(request, this);
      common.emit("request", request, response);
    });
    // What is not HTTP.
    server.on("clientError", (error: Error, socket: Duplex) => common.emit("clientError", error, socket));
  }

  close(): void {
    marked.delete(this.mark);
  }
}

const MARK = "x-local-azure-itself";
const marked = new Map<unknown, Service>();
const received = new WeakMap<IncomingMessage, Service>();

function answersOf(request: IncomingMessage): Answers {
  return received.get(request) ?? marked.get(request.headers[MARK])!;
}

function declare(app: App, world: World, { leases, page, names = [] }: ServiceOptions): void {
  const log = new RequestLog();
  const logged = new WeakMap<FastifyRequest, Arrived>();
  const faults = new Faults();
  const live = new Live(world, log, faults);
  const ended = ({ entry, start }: Arrived, reply: FastifyReply) => {
    entry.ms = Math.round((performance.now() - start) * 10) / 10;
    live.answered(entry, reply);
  };

  app.addHook("onRequest", (request, reply) => {
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
  });
  app.addHook("onResponse", (request, reply) => {
    const arrived = logged.get(request);
    if (!arrived) return;
    arrived.entry.status = reply.statusCode;
    ended(arrived, reply);
  });
  registerFaults(app, faults);
  registerAdmin(app, world, { log, faults });
  leases?.register(app, world);
  const hosts = [new URL(world.origin).hostname, ...names, "localhost", "127.0.0.1", "[::1]"];
  registerLive(app, world, { live, page, hosts: [...new Set(hosts.map((name) => name.toLowerCase()))] });
  registerSignIn(app, world);
  registerDirectory(app, world);
  registerArm(app, world);
  registerDataPlane(app, world);
  registerRetailPrices(app, world);
}
