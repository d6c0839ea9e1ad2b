import type { World } from "../world/world";
import { liveLink } from "./live-link";

/** What a client needs to sign in to the rehearsal service and use it. Secrets of a cloud that lives on this machine only. */
export interface RehearsalInfo {
  /** Origin of everything, `https://localhost:<port>`. */
  endpoint: string;
  /** Certificate authority that clients have to trust (PEM). */
  caFile: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** Object id of the deployer's service principal. */
  objectId: string;
  subscriptionId: string;
  /** Opens /local-azure/..., sent as `x-local-azure-admin`. */
  adminToken: string;
  /** ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN of a workflow that the deployer trusts. */
  oidcRequestUrl: string;
  oidcRequestToken: string;
  /** SYSTEM_OIDCREQUESTURI of a job of Azure Pipelines whose service connection the deployer trusts; SYSTEM_ACCESSTOKEN is `oidcRequestToken`. */
  pipelinesRequestUri: string;
  /** IDENTITY_ENDPOINT and IDENTITY_HEADER of a managed identity. */
  identityEndpoint: string;
  identityHeader: string;
  /** Link to the live page; its token opens nothing else. */
  livePage: string;
}

export function rehearsalInfo(world: Pick<World, "origin" | "liveOrigin" | "state" | "caFile">): RehearsalInfo {
  const { origin, state, caFile } = world;
  const [deployer] = state.clients;
  if (!deployer)
    throw new Error("The state file has no application to sign in with: delete it to start over with an empty cloud.");
  return {
    endpoint: origin,
    caFile,
    tenantId: state.tenantId,
    clientId: deployer.clientId,
    clientSecret: deployer.clientSecret,
    objectId: deployer.objectId,
    subscriptionId: state.subscriptionId,
    adminToken: state.adminToken,
    // With a query already, as GitHub's has: clients add `&audience=`.
    oidcRequestUrl: `${origin}/local-azure/oidc/token?api-version=2.0`,
    oidcRequestToken: state.oidcRequestToken,
    pipelinesRequestUri: `${origin}/local-azure/azure-pipelines/oidctoken`,
    identityEndpoint: `${origin}/local-azure/identity/token`,
    identityHeader: state.managedIdentitySecret,
    livePage: liveLink(world),
  };
}
