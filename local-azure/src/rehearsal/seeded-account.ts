import { accountEndpoint } from "../arm/account-view";
import { addAccount } from "../arm/new-account";
import { rehearsalInfo } from "../admin/rehearsal-info";
import { assignmentId, roleDefinitionId } from "../rbac/role-ids";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";

/** Cognitive Services OpenAI Contributor: the seeded account serves the deployer's tokens as well as its keys. */
const OPENAI_CONTRIBUTOR = "a001fd3d-188f-4b5d-821b-7da978bf7442";

/** One account that answers at once, for clients of the data plane alone. */
export function seedAccount(world: World): AccountRecord {
  const [deployer] = world.state.clients;
  const account = addAccount(world, {
    name: "AzureOpenAI-Local",
    resourceGroup: "ResourceGroup1",
    location: "northcentralus",
    kind: "OpenAI",
    sku: { name: "S0" },
    properties: { customSubDomainName: "azureopenai-local", publicNetworkAccess: "Enabled" },
    createdBy: deployer?.clientId ?? "",
  });
  account.readyAt = account.createdAt;
  const name = "00000000-0000-4000-8000-000000000001";
  world.state.roleAssignments.push({
    id: assignmentId(account.id, name),
    name,
    scope: account.id,
    roleDefinitionId: roleDefinitionId(world.state.subscriptionId, OPENAI_CONTRIBUTOR),
    principalId: deployer?.objectId ?? "",
    principalType: "ServicePrincipal",
    createdAt: 0,
  });
  world.save();
  return account;
}

/** What clients of the service and of its account need; members of the account only where there is one. */
export function connectionOf(
  world: Pick<World, "origin" | "liveOrigin" | "state" | "caFile">,
  account: AccountRecord | undefined,
) {
  const { endpoint, caFile, tenantId, clientId, clientSecret, subscriptionId, livePage } = rehearsalInfo(world);
  return {
    endpoint,
    caFile,
    tenantId,
    clientId,
    clientSecret,
    subscriptionId,
    livePage,
    ...(account && {
      key: account.keys[0],
      resourceGroup: account.resourceGroup,
      account: account.name,
      accountEndpoint: accountEndpoint(world, account),
      location: account.location,
    }),
  };
}
