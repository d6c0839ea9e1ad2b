import type { World } from "../world/world";
import { graphAudience } from "./audiences";

/** `GET /metadata/endpoints` from 2022-09-01 on: what this cloud is and where its parts are. */
export function cloudMetadata(world: Pick<World, "origin">): Record<string, unknown> {
  const { origin } = world;
  return {
    name: "LocalAzure",
    portal: origin,
    authentication: { loginEndpoint: origin, audiences: [origin], tenant: "common", identityProvider: "AAD" },
    resourceManager: origin,
    microsoftGraphResourceId: graphAudience(world),
    graph: graphAudience(world),
    graphAudience: graphAudience(world),
    suffixes: {
      keyVaultDns: "vault.localhost",
      storage: "core.localhost",
      acrLoginServer: "azurecr.localhost",
      sqlServerHostname: "database.localhost",
    },
    batch: origin,
    media: origin,
    sqlManagement: origin,
    gallery: origin,
    activeDirectoryDataLake: origin,
    vmImageAliasDoc: `${origin}/aliases.json`,
  };
}

/**
 * The discovery document of the sign-in service. Its issuer has the authority's own scheme, host and port: clients
 * refuse it otherwise.
 */
export function openidConfiguration(world: Pick<World, "origin" | "state">): Record<string, unknown> {
  const base = `${world.origin}/${world.state.tenantId}`;
  return {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
    response_types_supported: ["token"],
    response_modes_supported: ["query"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid"],
    claims_supported: ["aud", "iss", "iat", "exp", "oid", "tid", "appid"],
    tenant_region_scope: null,
    cloud_instance_name: new URL(world.origin).host,
  };
}
