import type { World } from "../world/world";
import { isKnownResource } from "./audiences";
import { authenticateClient, missing } from "./client-authentication";
import { SignInError } from "./sign-in-error";
import { issueAccessToken } from "./tokens";

export interface TokenAnswer {
  token_type: "Bearer";
  expires_in: number | string;
  ext_expires_in: number | string;
  access_token: string;
  [more: string]: unknown;
}

/**
 * `POST /{tenant}/oauth2/v2.0/token` and the older `/oauth2/token`: an application's own token (client credentials).
 * @throws SignInError
 */
export function answerTokenRequest(world: World, tenant: string, form: URLSearchParams, version: 1 | 2): TokenAnswer {
  checkTenant(world, tenant);
  const grant = form.get("grant_type");
  if (!grant) throw missing("grant_type");
  if (grant !== "client_credentials") {
    const sentence = `The app requested an unsupported grant type '${grant}'.`;
    throw new SignInError(400, "unsupported_grant_type", 70003, sentence);
  }
  const client = authenticateClient(world, form);
  const audience = version === 2 ? audienceOfScope(form.get("scope")) : form.get("resource");
  if (!audience) throw missing("resource");
  if (!isKnownResource(world, audience)) {
    const sentence =
      `The resource principal named ${audience} was not found in the tenant named ${world.state.tenantId}. ` +
      "This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.";
    throw new SignInError(400, "invalid_resource", 500011, sentence);
  }
  const seconds = world.settings.tokenSeconds;
  const access_token = issueAccessToken(world, client, audience);
  if (version === 2) return { token_type: "Bearer", expires_in: seconds, ext_expires_in: seconds, access_token };
  const expiresOn = Math.floor(world.clock.now() / 1000) + seconds;
  return {
    token_type: "Bearer",
    expires_in: String(seconds),
    ext_expires_in: String(seconds),
    expires_on: String(expiresOn),
    resource: audience,
    access_token,
  };
}

/** @throws SignInError AADSTS90002 for a tenant that is not this one (`common` and `organizations` mean it, too) */
export function checkTenant(world: Pick<World, "state">, tenant: string): void {
  if (![world.state.tenantId, "common", "organizations"].includes(tenant.toLowerCase())) {
    const sentence =
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the ` +
      "correct cloud. Check with your subscription administrator, this may happen if there are no active " +
      "subscriptions for the tenant.";
    throw new SignInError(400, "invalid_request", 90002, sentence);
  }
}

/** `https://x/.default openid profile` asks for the audience `https://x`; the other words are for people's tokens. */
function audienceOfScope(scope: string | null): string {
  if (!scope) throw missing("scope");
  const suffix = "/.default";
  const wanted = scope.split(/\s+/).find((word) => word.toLowerCase().endsWith(suffix));
  if (!wanted) {
    const sentence =
      `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid. ` +
      "Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).";
    throw new SignInError(400, "invalid_scope", 1002012, sentence);
  }
  return wanted.slice(0, -suffix.length);
}
