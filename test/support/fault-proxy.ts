import { createServer, request as forward, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestService } from "local-azure/testing";

/** What happens to a request instead of being answered. */
export type Fault =
  /** The connection is cut before, or after, the service has handled the request. */
  | "cut before"
  | "cut after"
  /** The service handles the request, and half of its answer arrives. */
  | "truncate"
  /** A streamed answer arrives event by event, with a pause after each. */
  | "slow"
  /** The service never sees the request. */
  | { status: number; code?: string; message?: string; headers?: Record<string, string> }
  /** Something in between answers as no service of Azure does. */
  | { status: number; body: string; headers?: Record<string, string> };

export interface SeenRequest {
  method: string;
  /** Without the host; with the query. */
  path: string;
}

/** Stands between the clients and a rehearsal service, over TLS, and disturbs the requests that a test names. */
export class FaultProxy {
  readonly seen: SeenRequest[] = [];
  /** Decides about each request. Default: none is disturbed. */
  fault: (request: SeenRequest, number: number) => Fault | undefined = () => undefined;
  /** Sees each request that is handed on undisturbed, before it is answered. */
  watch: (incoming: IncomingMessage, outgoing: ServerResponse) => void = () => undefined;

  private constructor(
    private readonly service: TestService,
    /** Where the service itself listens. */
    private readonly target: string,
    private readonly server: Server,
  ) {}

  get origin(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** From here on the service gives this proxy's address as its own. */
  static async before(service: TestService): Promise<FaultProxy> {
    const { key, cert } = service.certificates;
    const server = createServer({ key, cert });
    const proxy = new FaultProxy(service, service.origin, server);
    server.on("request", (incoming: IncomingMessage, outgoing: ServerResponse) => proxy.handle(incoming, outgoing));
    await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port: 0 }, resolve));
    service.world.origin = proxy.origin;
    return proxy;
  }

  /** Disturbs the first request (or the first `times`) whose method and path match. */
  disturb(method: string, path: RegExp, fault: Fault, times = 1): void {
    let left = times;
    this.fault = (request) => (request.method === method && path.test(request.path) && left-- > 0 ? fault : undefined);
  }

  /** How many requests matched so far. */
  count(method: string, path: RegExp): number {
    return this.seen.filter((request) => request.method === method && path.test(request.path)).length;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const seen = { method: incoming.method ?? "", path: incoming.url ?? "" };
    this.seen.push(seen);
    const fault = this.fault(seen, this.seen.length);
    if (fault === undefined) {
      this.watch(incoming, outgoing);
      this.service.answer(incoming, outgoing);
      return;
    }
    if (fault === "cut before") {
      incoming.socket.destroy();
      return;
    }
    if (typeof fault === "object") {
      incoming.resume();
      incoming.on("end", () => refuse(outgoing, fault));
      return;
    }
    const url = new URL(seen.path, this.target);
    const request = forward(url, { method: seen.method, headers: { ...incoming.headers, host: url.host } }, (answer) =>
      pass(answer, incoming, outgoing, fault),
    );
    request.on("error", () => incoming.socket.destroy());
    incoming.on("aborted", () => request.destroy());
    incoming.pipe(request);
  }
}

function refuse(outgoing: ServerResponse, fault: Fault & object): void {
  const { status, headers } = fault;
  if ("body" in fault) {
    outgoing.writeHead(status, { "content-type": isJson(fault.body) ? "application/json" : "text/html", ...headers });
    outgoing.end(fault.body);
    return;
  }
  const { code = String(status), message = "disturbed" } = fault;
  outgoing.writeHead(status, { "content-type": "application/json", ...headers });
  outgoing.end(JSON.stringify({ error: { code, message } }));
}

function isJson(text: string): boolean {
  return /^\s*[[{n]/.test(text);
}

function pass(answer: IncomingMessage, incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault): void {
  const chunks: Buffer[] = [];
  answer.on("data", (chunk: Buffer) => chunks.push(chunk));
  answer.on("end", () => {
    const body = Buffer.concat(chunks);
    if (fault === "cut after") {
      incoming.socket.destroy();
      return;
    }
    if (fault === "slow") {
      void trickle(answer, body, outgoing);
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    if (fault !== "truncate") {
      outgoing.end(body);
      return;
    }
    outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => incoming.socket.destroy());
  });
}

/** Milliseconds between the events of a slow answer. */
const pause = 60;

async function trickle(answer: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<void> {
  const { "content-length": _, ...headers } = answer.headers;
  outgoing.writeHead(answer.statusCode ?? 500, headers);
  for (const event of body.toString("utf8").split(/(?<=\n\n)/)) {
    if (outgoing.destroyed) return;
    outgoing.write(event);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  outgoing.end();
}
