import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { assignmentId, roleDefinitionId } from "../rbac/role-ids";
import { OWNER } from "../rbac/role-definitions";
import type { ClientRecord, ResourceGroupRecord, State } from "../world/state";

/**
 * The state of a new cloud: one tenant, one subscription, one resource group (`ResourceGroup1`,
 * northcentralus) and one application, the deployer, which owns the subscription. Ids and secrets are random.
 *
 * @param tokenSecret - private RSA key (PEM) that signs its tokens. Default: a new one
 */
export function newState(tokenSecret: string = newTokenSecret()): State {
  const deployer: ClientRecord = {
    clientId: randomUUID(),
    clientSecret: newSecret(),
    objectId: randomUUID(),
    displayName: "deployer",
    // As a repository's workflow would be trusted: tokens of the built-in issuer for this subject.
    federated: [{ subject: OIDC_SUBJECT, audience: "api://AzureADTokenExchange" }],
  };
  const subscriptionId = randomUUID();
  const scope = `/subscriptions/${subscriptionId}`;
  const name = randomUUID();
  const group: ResourceGroupRecord = { name: "ResourceGroup1", location: "northcentralus" };
  return {
    version: 1,
    tenantId: randomUUID(),
    subscriptionId,
    clients: [deployer],
    tokenSecret,
    adminToken: newSecret(),
    managedIdentitySecret: newSecret(),
    oidcRequestToken: newSecret(),
    resourceGroups: [group],
    accounts: [],
    deletedAccounts: [],
    jobsOfPurgedAccounts: 0,
    roleAssignments: [
      {
        id: assignmentId(scope, name),
        name,
        scope,
        roleDefinitionId: roleDefinitionId(subscriptionId, OWNER),
        principalId: deployer.objectId,
        principalType: "ServicePrincipal",
        createdAt: 0,
      },
    ],
    removedRoleAssignments: [],
    freedQuota: [],
    operations: [],
    clockOffsetMs: 0,
  };
}

/** A private RSA key (PEM) as Microsoft Entra ID signs with; it takes 0.1 to 0.5 s to make. */
export function newTokenSecret(): string {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;
}

/** Subject of the tokens that the built-in OIDC issuer gives out, in GitHub's form. */
export const OIDC_SUBJECT = "repo:local/rehearsal:ref:refs/heads/main";

/** 40 URL-safe characters, as long as Azure's client secrets; a hyphen in front would look like a flag on a command line. */
export function newSecret(): string {
  const secret = randomBytes(30).toString("base64url");
  return secret.startsWith("-") ? newSecret() : secret;
}
