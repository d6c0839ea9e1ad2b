import type { App } from "../http/app";
import { AzureError } from "../http/azure-error";
import { param, type Reply, type Request } from "../http/request";
import type { World } from "../world/world";
import { isKnownResource } from "./audiences";
import { sameSecret } from "./client-authentication";
import { cloudMetadata, openidConfiguration } from "./documents";
import { issueOidcToken } from "./oidc-issuer";
import { SignInError } from "./sign-in-error";
import { answerTokenRequest, checkTenant } from "./token-endpoint";
import { issueAccessToken, signingKeys } from "./tokens";

/** Sign-in: what the cloud is, discovery, tokens for applications, and the endpoints that hand out identities. */
export function registerSignIn(app: App, world: World): void {
  app.get("/metadata/endpoints", (request: Request) => {
    const document = cloudMetadata(world);
    // Versions before 2020-06-01 answer with a list of clouds.
    return (request.query["api-version"] ?? "") < "2020-06-01" ? [document] : document;
  });

  app.get("/:tenant/v2.0/.well-known/openid-configuration", (request: Request, reply) => {
    try {
      checkTenant(world, param(request, "tenant"));
      return openidConfiguration(world);
    } catch (error) {
      return refuse(world, error, request, reply);
    }
  });
  app.get("/:tenant/discovery/v2.0/keys", () => signingKeys(world));

  for (const [path, version] of [
    ["/:tenant/oauth2/v2.0/token", 2],
    ["/:tenant/oauth2/token", 1],
  ] as const) {
    app.post(path, (request: Request, reply) => {
      void reply.header("cache-control", "no-store");
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      try {
        return answerTokenRequest(world, param(request, "tenant"), form, version);
      } catch (error) {
        return refuse(world, error, request, reply);
      }
    });
  }

  // As App Service and Azure Functions offer it (IDENTITY_ENDPOINT, IDENTITY_HEADER) ...
  app.get("/local-azure/identity/token", (request: Request) => {
    const header = request.headers["x-identity-header"];
    if (typeof header !== "string" || !sameSecret(header, world.state.managedIdentitySecret))
      throw new AzureError(401, "Unauthorized", "The X-IDENTITY-HEADER does not match IDENTITY_HEADER.");
    return managedIdentityToken(world, request);
  });
  // ... and as a virtual machine does (AZURE_POD_IDENTITY_AUTHORITY_HOST instead of 169.254.169.254).
  app.get("/metadata/identity/oauth2/token", (request: Request) => {
    if (request.headers.metadata !== "true")
      throw new AzureError(400, "invalid_request", "Required metadata header not specified");
    return managedIdentityToken(world, request);
  });

  // As GitHub Actions offers it (ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN).
  app.get("/local-azure/oidc/token", (request: Request) => {
    const token = /^bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (!sameSecret(token, world.state.oidcRequestToken))
      throw new AzureError(401, "Unauthorized", "The bearer token is not ACTIONS_ID_TOKEN_REQUEST_TOKEN.");
    return { value: issueOidcToken(world, request.query.audience ?? "https://github.com/local") };
  });
  // As Azure Pipelines offers it to a job (SYSTEM_OIDCREQUESTURI, SYSTEM_ACCESSTOKEN), for a service connection.
  app.post("/local-azure/azure-pipelines/oidctoken", (request: Request) => {
    const token = /^bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (!sameSecret(token, world.state.oidcRequestToken))
      throw new AzureError(401, "Unauthorized", "The bearer token is not SYSTEM_ACCESSTOKEN.");
    if (!request.query.serviceConnectionId || !request.query["api-version"])
      throw new AzureError(400, "BadRequest", "The request has no serviceConnectionId or no api-version.");
    return { oidcToken: issueOidcToken(world, "api://AzureADTokenExchange", 600) };
  });
}

/** The managed identity is the deployer: a rehearsal that signs in this way may do what the deployer may do. */
function managedIdentityToken(world: World, request: Request) {
  const { resource } = request.query;
  const identity = world.state.clients[0];
  if (!resource || !isKnownResource(world, resource) || !identity)
    throw new AzureError(400, "invalid_resource", `AADSTS500011: The resource ${resource ?? "(none)"} was not found.`);
  const now = Math.floor(world.clock.now() / 1000);
  const seconds = world.settings.tokenSeconds;
  return {
    access_token: issueAccessToken(world, identity, resource),
    client_id: identity.clientId,
    expires_in: String(seconds),
    expires_on: String(now + seconds),
    ext_expires_in: String(seconds),
    not_before: String(now),
    resource,
    token_type: "Bearer",
  };
}

function refuse(world: Pick<World, "clock">, error: unknown, request: Request, reply: Reply): Record<string, unknown> {
  if (!(error instanceof SignInError)) throw error;
  void reply.code(error.statusCode);
  const correlationId = request.headers["client-request-id"];
  return error.body(world.clock.now(), typeof correlationId === "string" ? correlationId : undefined);
}
