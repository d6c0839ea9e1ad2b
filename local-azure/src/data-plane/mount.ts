import type { App } from "../http/app";
import { AzureError } from "../http/azure-error";
import { authorize } from "./access";
import type { Request } from "../http/request";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import type { Endpoint } from "./api/call";
import { resourceNotFound } from "./api/errors";
import { DATED_VERSION, FOUNDRY_FLAVOUR, FOUNDRY_VERSIONS, isSince, type Flavour } from "./api/flavour";
import { dropExpiredFiles } from "./files/file-state";
import { settleResultFiles } from "./training/result-file";
import { settleJobs } from "../course/schedule";

const PREFIXES = ["", "/accounts/:subdomain", "/accounts/:subdomain/api/projects/:project"];
/** Address of a Foundry account itself (`https://x.cognitiveservices.azure.com/`), at which its deployments answer by the dated API. */
const FOUNDRY_PREFIX = "/cognitiveservices/:subdomain";

/** `https://x.services.ai.azure.com/models`. */
const FOUNDRY_MODELS = ["", "/accounts/:subdomain"];

/** Serves an endpoint at the root, below `/accounts/<subdomain>` and below its projects' endpoints, in its flavours. */
export function mount(app: App, world: World, endpoint: Endpoint): void {
  if (endpoint.only === "foundry") {
    for (const prefix of FOUNDRY_MODELS) route(app, world, endpoint, `${prefix}/models`, foundryFlavour);
    return;
  }
  for (const prefix of PREFIXES) {
    if (endpoint.only !== "v1") route(app, world, endpoint, `${prefix}/openai`, datedFlavour);
    if (endpoint.only !== "dated") route(app, world, endpoint, `${prefix}/openai/v1`, v1Flavour);
  }
  if (endpoint.path.startsWith("/deployments/")) route(app, world, endpoint, `${FOUNDRY_PREFIX}/openai`, datedFlavour);
}

function route(
  app: App,
  world: World,
  endpoint: Endpoint,
  root: string,
  flavourOf: (request: Request) => Flavour,
): void {
  app.route({
    method: endpoint.method,
    url: root + endpoint.path,
    bodyLimit: 64 * 1024 * 1024,
    multipart: true,
    handler: async (request, reply) => {
      const flavour = flavourOf(request);
      if (endpoint.since !== undefined && !isSince(flavour, endpoint.since)) throw resourceNotFound();
      const foundry = endpoint.only === "foundry";
      // That of Foundry is a guess, by the data actions of the role Azure AI Developer (`accounts/MaaS/*`).
      const action = `Microsoft.CognitiveServices/accounts/${foundry ? "MaaS" : "OpenAI"}/${endpoint.action}`;
      const account = authorize(world, request, action, { keyAsBearer: foundry || flavour.kind === "v1" });
      // Status and text are a guess.
      if (foundry && account.kind !== "AIServices") throw resourceNotFound();
      requireProject(account, request.params.project);
      const now = world.clock.now();
      dropExpiredFiles(world, account.dataPlane, now);
      settleJobs(account.dataPlane, now);
      settleResultFiles(account.dataPlane, now);
      const base = world.origin + root.replace(/:(\w+)/g, (_, name: string) => request.params[name] ?? "");
      try {
        const body = await endpoint.run({ world, account, flavour, request, reply, now, base });
        return body === undefined ? reply : await reply.send(body);
      } catch (error) {
        throw inFlavour(error, flavour);
      }
    },
  });
}

/** A project shares its account's files, jobs and deployments (documented); its address must name one. @throws AzureError 404 */
function requireProject({ projects = [] }: AccountRecord, name: string | undefined): void {
  if (name === undefined || projects.some((project) => project.name.toLowerCase() === name.toLowerCase())) return;
  throw resourceNotFound();
}

function datedFlavour(request: Request): Flavour {
  const apiVersion = request.query["api-version"];
  if (apiVersion === undefined || !DATED_VERSION.test(apiVersion)) throw resourceNotFound();
  return { kind: "dated", apiVersion };
}

/** Values of `api-version` that v1 takes: those of its specification, and `latest` of its earlier documents. Without one it is served, too. */
const V1_VERSIONS = ["v1", "preview", "latest"];

/** @throws AzureError 400 with a dated version, and with any other; both texts are on record */
function v1Flavour(request: Request): Flavour {
  const version = request.query["api-version"];
  if (version !== undefined && !V1_VERSIONS.includes(version)) {
    const sentence = DATED_VERSION.test(version)
      ? "api-version query parameter is not allowed when using /v1 path"
      : "API version not supported";
    throw new AzureError(400, "BadRequest", sentence);
  }
  return { kind: "v1" };
}

/** @throws AzureError 400 without a version, and with any other [text: guess, as of v1] */
function foundryFlavour(request: Request): Flavour {
  if (!FOUNDRY_VERSIONS.includes(request.query["api-version"] ?? ""))
    throw new AzureError(400, "BadRequest", "API version not supported");
  return FOUNDRY_FLAVOUR;
}

/** Dated errors call the member at fault `target`; v1 has `param` and `type`. */
function inFlavour(error: unknown, flavour: Flavour): unknown {
  if (!(error instanceof AzureError) || error.statusCode >= 500) return error;
  // The inference API's own form is the same in both.
  if ("type" in error.extra) return error;
  const { param, ...rest } = error.extra;
  const place = param === undefined ? {} : { [flavour.kind === "v1" ? "param" : "target"]: param };
  const extra = flavour.kind === "v1" ? { ...rest, ...place, type: "error" } : { ...rest, ...place };
  return new AzureError(error.statusCode, error.code, error.message, error.headers, extra);
}
