import type { OutgoingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../http/app";
import { AzureError } from "../http/azure-error";
import type { FaultAction, Faults } from "./fault";
import { endlessPage } from "./repeated-page";

type Answer = Extract<FaultAction, { kind: "answer" }>;

/** Lets the faults happen: those before handling as a request comes in, those after as its answer goes out. */
export function registerFaults(app: App, faults: Faults): void {
  const pending = new WeakMap<FastifyRequest, FaultAction[]>();

  /** The page that an action repeats. */
  const pages = new WeakMap<FaultAction, string>();

  app.addHook("onRequest", async (request, reply) => {
    const path = request.url.split("?")[0] ?? "";
    if (path.startsWith("/local-azure/")) return;
    const actions = faults.actionsFor(request.method, path);
    for (const action of actions) {
      if (action.kind === "reply" && action.when === "before")
        return reply.code(action.status).type(action.contentType).send(action.body);
      await before(request, action, faults);
    }
    const later = actions.filter(
      (action) =>
        action.kind === "truncate" || action.kind === "repeat-page" || ("when" in action && action.when === "after"),
    );
    if (later.length > 0) pending.set(request, later);
  });

  app.addHook("onSend", async (request, reply, payload) => {
    let sent = payload;
    for (const action of pending.get(request) ?? []) {
      if (action.kind === "reply") {
        sent = replaced(reply, action);
      } else if (action.kind === "repeat-page") {
        const page = pages.get(action) ?? endlessPage(request, payload);
        if (page !== undefined) {
          pages.set(action, page);
          reply.code(200).header("content-length", Buffer.byteLength(page));
          sent = page;
        }
      } else if (action.kind === "delay") {
        await sleep(action.ms);
      } else if (action.kind === "hold") {
        await faults.hold();
      } else if (action.kind === "truncate") {
        truncate(reply, payload);
        await never();
      } else {
        request.raw.socket.destroy();
        await never();
      }
    }
    return sent;
  });
}

async function before(request: FastifyRequest, action: FaultAction, faults: Faults): Promise<void> {
  if (action.kind === "delay" && action.when === "before") {
    await sleep(action.ms);
  } else if (action.kind === "hold" && action.when === "before") {
    await faults.hold();
    if (request.raw.socket.destroyed) await never();
  } else if (action.kind === "drop" && action.when === "before") {
    request.raw.socket.destroy();
    await never();
  } else if (action.kind === "answer") {
    throw answer(action);
  } else if (action.kind === "reset-upload") {
    resetAfter(request, action.afterBytes);
  }
}

function answer({ status, code, message, retryAfterSeconds, retryAfterMs }: Answer): AzureError {
  const headers = {
    ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
    ...(retryAfterMs !== undefined && {
      "retry-after-ms": String(retryAfterMs),
      "x-ms-retry-after-ms": String(retryAfterMs),
    }),
  };
  return new AzureError(status, code ?? String(status), message ?? `Injected fault: status ${status}.`, headers);
}

/** Puts another answer in the place of the service's own, of which no header is left either. */
function replaced(reply: FastifyReply, { status, contentType, body }: Extract<FaultAction, { kind: "reply" }>): string {
  for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
  reply.code(status).type(contentType).header("content-length", Buffer.byteLength(body));
  return body;
}

/** Counts the body's bytes as they arrive, whoever reads them, and closes the connection at the limit. */
function resetAfter(request: FastifyRequest, limit: number): void {
  const { raw } = request;
  const push = raw.push.bind(raw);
  let bytes = 0;
  raw.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    bytes += chunk?.length ?? 0;
    if (bytes >= limit) {
      raw.socket.destroy();
      return false;
    }
    return push(chunk, encoding);
  };
}

/** Promises the whole length, sends half of it and hangs up. */
function truncate(reply: FastifyReply, payload: unknown): void {
  const body = Buffer.from(typeof payload === "string" || Buffer.isBuffer(payload) ? payload : "{}");
  const headers = { ...reply.getHeaders(), "content-length": body.length };
  reply.hijack();
  reply.raw.writeHead(reply.statusCode, headers as OutgoingHttpHeaders);
  reply.raw.write(body.subarray(0, Math.floor(body.length / 2)), () => reply.raw.socket?.destroy());
}

/** The request is over for its client; nothing more happens to it. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}
