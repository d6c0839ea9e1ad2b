import type { FastifyReply, FastifyRequest, HTTPMethods, InjectOptions, LightMyRequestResponse } from "fastify";
import type { Request } from "./request";

export interface AppRoute {
  method: HTTPMethods;
  /** Path with its parameters as `:name`. */
  url: string;
  handler: (request: Request, reply: FastifyReply) => unknown;
  /** Bytes of the largest body. Default: 8 MiB. */
  bodyLimit?: number;
  /** Its body may be multipart/form-data. Default: false. */
  multipart?: boolean;
}

/** What happens to every request: as it comes in (an answer that is sent there is the last word), as its answer goes out, and afterwards. */
export interface AppHooks {
  onRequest(request: FastifyRequest, reply: FastifyReply): unknown;
  onSend(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown;
  onResponse(request: FastifyRequest, reply: FastifyReply): void;
}

/** Where the parts of a service declare what they answer. */
export interface App {
  route(route: AppRoute): void;
  get(url: string, handler: AppRoute["handler"]): void;
  post(url: string, handler: AppRoute["handler"]): void;
  addHook<Name extends keyof AppHooks>(name: Name, hook: AppHooks[Name]): void;
  /** Asks the service itself, without a connection. */
  inject(request: InjectOptions): Promise<LightMyRequestResponse>;
}
