import { AzureError } from "../http/azure-error";
import { asObject, type Request } from "../http/request";
import type { World } from "../world/world";
import { shownLocation } from "./account-view";
import data from "./api-versions.json";
import { regions } from "./regions";
import { findAccount, sameName } from "./resources";

/**
 * Versions by provider and type, newest first; `*`: every other type. Those of `@pulumi/azure-native` 3.28, which has each published one
 * (a test compares them), of `Microsoft.Resources` and
 * `roleAssignments` also those that Azure's own refusals list, and of `denyAssignments` and `diagnosticSettings` those that Azure's documents use.
 */
const VERSIONS: Record<string, Record<string, string[]>> = data;
/** Subscriptions, resource groups and the like, which are no provider's. */
const CORE = "Microsoft.Resources";

/** @param type - e.g. `accounts/deployments` */
export function apiVersions(namespace: string, type: string): string[] {
  const ofProvider = VERSIONS[namespace] ?? {};
  const own = Object.keys(ofProvider).find((known) => sameName(known, type));
  return ofProvider[own ?? "*"] ?? [];
}

/**
 * @throws AzureError as Resource Manager words it: MissingApiVersionParameter, InvalidApiVersionParameter for what is its own,
 *   NoRegisteredProviderFound for a type that has a location, InvalidResourceType for others
 */
export function checkApiVersion(world: Pick<World, "state">, request: Request): void {
  const version: unknown = request.query["api-version"];
  if (version === undefined || version === "") {
    const sentence = "The api-version query parameter (?api-version=) is required for all requests.";
    throw new AzureError(400, "MissingApiVersionParameter", sentence);
  }
  if (typeof version !== "string" || !/^[\w.-]+$/.test(version)) {
    const sentence = `The api-version ${JSON.stringify(version)} is invalid. It is one date, such as 2025-06-01.`;
    throw new AzureError(400, "InvalidApiVersionParameter", sentence);
  }
  const { namespace, type } = typeOf(request);
  const versions = apiVersions(namespace, type);
  if (!versions.some((known) => sameName(known, version))) throw unknownVersion(world, request, version, versions);
}

function unknownVersion(world: Pick<World, "state">, request: Request, version: string, versions: string[]) {
  const { namespace, type } = typeOf(request);
  if (namespace === CORE) {
    const sentence = `The api-version '${version}' is invalid. The supported versions are '${versions.join(",")}'.`;
    return new AzureError(400, "InvalidApiVersionParameter", sentence);
  }
  if (namespace !== "Microsoft.CognitiveServices") {
    const sentence =
      `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${version}'. ` +
      `The supported api-versions are '${versions.join(",")}'.`;
    return new AzureError(404, "InvalidResourceType", sentence);
  }
  const sentence =
    `No registered resource provider found for location '${locationOf(world, request)}' and API version '${version}' ` +
    `for type '${type}'. The supported api-versions are '${versions.join(", ")}'. ` +
    `The supported locations are '${regions.map(({ name }) => name).join(", ")}'.`;
  return new AzureError(400, "NoRegisteredProviderFound", sentence);
}

/** Of the route `.../providers/Microsoft.CognitiveServices/accounts/:account/deployments/:deployment`: `accounts/deployments`. */
function typeOf({ method, routeOptions }: Request): { namespace: string; type: string } {
  const [, below] = /.*\/providers\/([^:].*)$/.exec(routeOptions.url ?? "") ?? [];
  const [namespace, ...segments] = below?.split("/") ?? [];
  if (namespace === undefined || segments.length === 0) return { namespace: CORE, type: "" };
  // The last one of a POST is what it does.
  const named = method === "POST" ? segments.slice(0, -1) : segments;
  return { namespace, type: named.filter((segment) => !segment.startsWith(":")).join("/") };
}

/** That of the resource, or of the request; `*` (recorded) for a list. */
export function locationOf(world: Pick<World, "state">, { body, params }: Request): string {
  const { location } = asObject(body) ?? {};
  if (typeof location === "string") return location;
  const { group, account, location: named } = params;
  const found = group !== undefined && account !== undefined ? findAccount(world, group, account) : undefined;
  return found ? shownLocation(found) : (named ?? "*");
}
