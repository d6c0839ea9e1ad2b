import type { FastifyRequest } from "fastify";
import { AzureError } from "../http/azure-error";
import { mayDo } from "../rbac/permissions";
import { dataPlaneAudiences, withoutSlash } from "../sign-in/audiences";
import { sameSecret } from "../sign-in/client-authentication";
import { readAccessToken, type AccessToken } from "../sign-in/tokens";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";

/**
 * The account that a data-plane request is for, once the caller has proved that it may do this there.
 *
 * The account is named by the path (`/accounts/<subdomain>/...`), else by the key, else it is the only one. The caller
 * shows a key (`api-key`; in v1 also as Bearer, as OpenAI's own clients do) or an access token, whose principal needs a
 * role with `dataAction` on the account.
 *
 * @param dataAction - e.g. `Microsoft.CognitiveServices/accounts/OpenAI/files/write`
 * @throws AzureError 401 (no or wrong key, bad token, missing role), 403 (keys disabled), 404 (no such account)
 */
export function authorize(
  world: Pick<World, "clock" | "settings" | "state">,
  request: FastifyRequest,
  dataAction: string,
  { keyAsBearer }: { keyAsBearer: boolean },
): AccountRecord {
  const bearer = /^bearer\s+(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const apiKey = request.headers["api-key"];
  const shown = typeof apiKey === "string" && apiKey !== "" ? apiKey : bearer;
  const subdomain = (request.params as { subdomain?: string }).subdomain;
  const named = subdomain === undefined ? undefined : accountBySubdomain(world, subdomain);
  if (shown === undefined) throw invalidKey();
  // A key is no JWT; anything with two dots that came as Bearer is treated as a token.
  if (shown === apiKey || (keyAsBearer && shown.split(".").length !== 3)) {
    const account = named ?? accountByKey(world, shown);
    checkKey(account, shown);
    return account;
  }
  const account = named ?? onlyAccount(world);
  checkToken(world, account, shown, dataAction, request);
  return account;
}

function accountBySubdomain(world: Pick<World, "clock" | "state">, subdomain: string): AccountRecord {
  const wanted = subdomain.toLowerCase();
  const account = ready(world).find(({ properties }) => properties.customSubDomainName?.toLowerCase() === wanted);
  if (!account) {
    // On Azure the name would not resolve at all (guess for this address form, which exists only here).
    throw new AzureError(404, "404", "Resource not found");
  }
  return account;
}

function accountByKey(world: Pick<World, "clock" | "state">, key: string): AccountRecord {
  const account = ready(world).find(({ keys }) => keys.some((known) => sameSecret(key, known)));
  if (!account) throw invalidKey();
  return account;
}

function onlyAccount(world: Pick<World, "clock" | "state">): AccountRecord {
  const [account, ...others] = ready(world);
  if (!account || others.length > 0) throw new AzureError(404, "404", "Resource not found");
  return account;
}

/** Accounts that have been created; one that is still being created has no address yet. */
function ready(world: Pick<World, "clock" | "state">): AccountRecord[] {
  return world.state.accounts.filter(({ readyAt }) => world.clock.now() >= readyAt);
}

function checkKey(account: AccountRecord, key: string): void {
  if (account.properties.disableLocalAuth === true) {
    const sentence = "Key based authentication is disabled for this resource.";
    throw new AzureError(403, "AuthenticationTypeDisabled", sentence);
  }
  if (!account.keys.some((known) => sameSecret(key, known))) throw invalidKey();
}

function checkToken(
  world: Pick<World, "clock" | "settings" | "state">,
  account: AccountRecord,
  token: string,
  dataAction: string,
  request: FastifyRequest,
): void {
  const claims = readAccessToken(world, token);
  if (!claims || !isCurrent(world, claims)) {
    const sentence =
      "Unauthorized. Access token is missing, invalid, audience is incorrect " +
      "(https://cognitiveservices.azure.com), or have expired.";
    throw new AzureError(401, "401", sentence);
  }
  if (!account.properties.customSubDomainName) {
    const sentence = "Please provide a custom subdomain for token authentication, otherwise API key is required.";
    throw new AzureError(400, "BadRequest", sentence);
  }
  if (!mayDo(world, claims.oid, { dataAction }, account.id)) {
    const sentence =
      `The principal \`${claims.oid}\` lacks the required data action \`${dataAction}\` ` +
      `to perform \`${request.method} ${operationPath(request)}\` operation.${forProjects(request)}`;
    throw new AzureError(401, "PermissionDenied", sentence);
  }
}

function isCurrent(world: Pick<World, "clock">, claims: AccessToken): boolean {
  return claims.exp * 1000 > world.clock.now() && dataPlaneAudiences.includes(withoutSlash(claims.aud));
}

/** `/openai/deployments/{deployment}/chat/completions`: the route as Azure would show it. */
function operationPath(request: FastifyRequest): string {
  const route = request.routeOptions.url ?? request.url;
  return route.replace(/^\/accounts\/[^/]+(\/api\/projects\/[^/]+)?/i, "").replace(/:(\w+)/g, "{$1}");
}

/** What the refusals of a project's endpoint end with (recorded). */
function forProjects({ params }: FastifyRequest): string {
  if ((params as { project?: string }).project === undefined) return "";
  return " For instructions on granting the necessary permissions, see https://aka.ms/FoundryPermissions.";
}

function invalidKey(): AzureError {
  const sentence =
    "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an " +
    "active subscription and use a correct regional API endpoint for your resource.";
  return new AzureError(401, "401", sentence);
}
