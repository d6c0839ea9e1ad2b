import { findRole } from "../../rbac/role-definitions";
import { roleGuid } from "../../rbac/role-ids";
import type { World } from "../../world/world";
import type { RoleRow, Rows } from "../shapes";
import { newest } from "./rows";

/** Role assignments by names; an identity that is no application of this cloud keeps its object id. */
export function roleRows({ state, clock, settings }: World): Rows<RoleRow> {
  const names = new Map(state.clients.map(({ objectId, displayName }) => [objectId.toLowerCase(), displayName]));
  const lagMs = settings.rbacLagSeconds * 1000;
  return newest(state.roleAssignments, ({ principalId, roleDefinitionId, scope, createdAt }) => ({
    principal: names.get(principalId.toLowerCase()) ?? principalId,
    role: findRole(roleGuid(roleDefinitionId))?.name ?? roleGuid(roleDefinitionId),
    scope,
    inEffect: clock.now() >= createdAt + lagMs,
  }));
}
