import type { FastifyInstance } from "fastify";
import { AzureError } from "../azure-error";
import { authorize } from "../data-plane-access";
import type { Reply, Request } from "../request-types";
import type { AccountRecord } from "../state";
import type { World } from "../world";
import { resourceNotFound } from "./errors";
import { datedVersion, isSince, type Flavour } from "./flavour";
import { dropExpiredFiles } from "./files/file-state";
import { settleResultFiles } from "./jobs/result-file";
import { settleJobs } from "./jobs/schedule";

/** One request, signed in and bound to its account. */
export interface Call {
  world: World;
  account: AccountRecord;
  flavour: Flavour;
  request: Request;
  reply: Reply;
  /** Milliseconds since 1970, once per request. */
  now: number;
  /** Address of the API in this flavour, without a slash at the end: for Location headers. */
  base: string;
}

export interface Operation {
  method: "GET" | "POST" | "DELETE";
  /** Below `/openai` or `/openai/v1`. */
  path: string;
  /** RBAC data action below `Microsoft.CognitiveServices/accounts/OpenAI/`. */
  action: string;
  /** Absent: both flavours. */
  only?: "dated" | "v1";
  /** First day of dated versions that have it. */
  since?: string;
  /** Returns the body, or undefined when it has answered by itself. */
  run(call: Call): unknown;
}

/** Serves an operation at the root and below `/accounts/<subdomain>`, in its flavours. */
export function mount(app: FastifyInstance, world: World, operation: Operation): void {
  for (const prefix of ["", "/accounts/:subdomain"]) {
    if (operation.only !== "v1") {
      route(app, world, operation, `${prefix}/openai`, datedFlavour);
    }
    if (operation.only !== "dated") {
      route(app, world, operation, `${prefix}/openai/v1`, () => ({ kind: "v1" }));
    }
  }
}

function route(
  app: FastifyInstance,
  world: World,
  operation: Operation,
  root: string,
  flavourOf: (request: Request) => Flavour,
): void {
  app.route({
    method: operation.method,
    url: root + operation.path,
    bodyLimit: 64 * 1024 * 1024,
    handler: async (plainRequest, reply) => {
      const request = plainRequest as Request;
      const flavour = flavourOf(request);
      if (operation.since !== undefined && !isSince(flavour, operation.since)) {
        throw resourceNotFound();
      }
      const action = `Microsoft.CognitiveServices/accounts/OpenAI/${operation.action}`;
      const account = authorize(world, request, action, { keyAsBearer: flavour.kind === "v1" });
      const now = world.clock.now();
      dropExpiredFiles(world, account.dataPlane, now);
      settleJobs(account.dataPlane, now);
      settleResultFiles(account.dataPlane, now);
      const base = world.origin + root.replace(":subdomain", request.params.subdomain ?? "");
      try {
        const body = await operation.run({ world, account, flavour, request, reply, now, base });
        return body === undefined ? reply : await reply.send(body);
      } catch (error) {
        throw inFlavour(error, flavour);
      }
    },
  });
}

function datedFlavour(request: Request): Flavour {
  const apiVersion = request.query["api-version"];
  if (apiVersion === undefined || !datedVersion.test(apiVersion)) {
    throw resourceNotFound();
  }
  return { kind: "dated", apiVersion };
}

/** Dated errors call the member at fault `target`; v1 has `param` and `type`. */
function inFlavour(error: unknown, flavour: Flavour): unknown {
  if (!(error instanceof AzureError) || error.statusCode >= 500) {
    return error;
  }
  const { param, ...rest } = error.extra;
  const place = param === undefined ? {} : { [flavour.kind === "v1" ? "param" : "target"]: param };
  const extra = flavour.kind === "v1" ? { ...rest, ...place, type: "error" } : { ...rest, ...place };
  return new AzureError(error.statusCode, error.code, error.message, error.headers, extra);
}

/** Answers 201 with the object's address in dated versions, 200 in v1. */
export function created(call: Call, path: string): void {
  if (call.flavour.kind === "dated") {
    void call.reply.status(201).header("location", `${call.base}${path}?api-version=${call.flavour.apiVersion}`);
  }
}
