import { asObject } from "../../../http/request";
import type { AccountRecord } from "../../../world/state";
import type { World } from "../../../world/world";
import { accountId, groupId, sameName } from "../../resources";

/** What the last write of an account, deployment or resource group set and a write without it would take away again; else nothing. */
export function lastWrite({ state }: Pick<World, "state">, id: string): Record<string, unknown> {
  const group = state.resourceGroups.find(({ name }) => sameName(groupId({ state }, name), id));
  if (group) return { tags: group.tags };
  for (const account of state.accounts) {
    const own = accountId({ state }, account.resourceGroup, account.name);
    if (sameName(own, id)) {
      // The subdomain stays, and `restore` is an order, no property.
      const { customSubDomainName: _stays, restore: _order, ...properties } = account.properties;
      return { tags: account.tags, identity: identityAsSent(account), properties };
    }
    const deployment = account.deployments.find(({ name }) => sameName(`${own}/deployments/${name}`, id));
    if (deployment) return { tags: deployment.tags, properties: asObject(deployment.properties) };
  }
  return {};
}

/** Without the ids that the service adds. */
function identityAsSent({ identity }: AccountRecord) {
  if (!identity) return undefined;
  const users = asObject(identity.userAssignedIdentities);
  const named = users && Object.fromEntries(Object.keys(users).map((id) => [id, {}]));
  return { type: identity.type, ...(named && { userAssignedIdentities: named }) };
}
