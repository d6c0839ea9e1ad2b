import { AzureError } from "../http/azure-error";
import { mayDo } from "../rbac/permissions";
import { managementAudiences, withoutSlash } from "../sign-in/audiences";
import { readAccessToken, type AccessToken } from "../sign-in/tokens";
import type { World } from "../world/world";

/**
 * The caller of a Resource Manager request, or of one to another resource, whose audiences are `allowed`.
 * @throws AzureError 401 as Resource Manager words a missing, broken, foreign or expired token
 */
export function authenticate(
  world: Pick<World, "clock" | "origin" | "state">,
  authorization: string | undefined,
  allowed: string[] = managementAudiences(world),
): AccessToken {
  if (!authorization)
    throw unauthorized(world, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
  const token = /^bearer\s+(.+)$/i.exec(authorization)?.[1];
  if (token === undefined) {
    const sentence = "Authentication failed. The 'Authorization' header is provided in an invalid format.";
    throw unauthorized(world, "AuthenticationFailed", sentence);
  }
  const claims = readAccessToken(world, token);
  if (!claims || claims.tid !== world.state.tenantId)
    throw unauthorized(world, "InvalidAuthenticationToken", "The access token is invalid.");
  if (!allowed.includes(withoutSlash(claims.aud))) {
    const list = allowed.flatMap((audience) => [`'${audience}/'`, `'${audience}'`]).join(",");
    const sentence =
      `The access token has been obtained for wrong audience or resource '${claims.aud}'. ` +
      `It should exactly match with one of the allowed audiences ${list}.`;
    throw unauthorized(world, "InvalidAuthenticationTokenAudience", sentence);
  }
  if (claims.exp * 1000 <= world.clock.now()) {
    const sentence =
      `The access token expiry UTC time '${usTime(claims.exp * 1000)}' is earlier than current UTC time ` +
      `'${usTime(world.clock.now())}'.`;
    throw unauthorized(world, "ExpiredAuthenticationToken", sentence);
  }
  return claims;
}

/** @throws AzureError 403 AuthorizationFailed when no role lets the caller do this at this scope */
export function requireAction(
  world: Pick<World, "clock" | "settings" | "state">,
  caller: AccessToken,
  action: string,
  scope: string,
): void {
  if (!mayDo(world, caller.oid, { action }, scope)) {
    throw new AzureError(
      403,
      "AuthorizationFailed",
      `The client '${caller.appid}' with object id '${caller.oid}' does not have authorization to perform action ` +
        `'${action}' over scope '${scope}' or the scope is invalid. ` +
        "If access was recently granted, please refresh your credentials.",
    );
  }
}

function unauthorized(world: Pick<World, "origin" | "state">, code: string, sentence: string): AzureError {
  const challenge =
    `Bearer authorization_uri="${world.origin}/${world.state.tenantId}", error="invalid_token", ` +
    `error_description="${sentence.replaceAll('"', "'")}"`;
  return new AzureError(401, code, sentence, { "www-authenticate": challenge });
}

/** `11/22/2026 1:02:03 PM`, as in Resource Manager's messages. */
function usTime(ms: number): string {
  const text = new Date(ms).toLocaleString("en-US", { timeZone: "UTC", hour12: true });
  return text.replace(",", "").replaceAll("\u202f", " ");
}
