import type { RoleAssignmentRecord } from "../world/state";
import type { World } from "../world/world";
import { findRole, type RoleDefinition } from "./role-definitions";
import { roleGuid } from "./role-ids";

/**
 * Whether a principal may do something on a resource by its role assignments at the resource or above it.
 * New and removed assignments count only after `settings.rbacLagSeconds`, as Azure's caches would have it.
 *
 * @param resourceId - ARM ID of the resource, or of the scope, that is acted on
 */
export function mayDo(
  world: Pick<World, "clock" | "settings" | "state">,
  principalId: string,
  what: { action: string } | { dataAction: string },
  resourceId: string,
): boolean {
  return rolesAt(world, principalId, resourceId).some((role) => grants(role, what));
}

/** Roles that a principal has on a resource, by assignments there or above it that are in effect. */
export function rolesAt(
  world: Pick<World, "clock" | "settings" | "state">,
  principalId: string,
  resourceId: string,
): RoleDefinition[] {
  return assignmentsInEffect(world)
    .filter((assignment) => sameText(assignment.principalId, principalId) && isAtOrBelow(resourceId, assignment.scope))
    .flatMap((assignment) => findRole(roleGuid(assignment.roleDefinitionId)) ?? []);
}

/** Whether `id` is `scope` itself or lies below it; case does not matter, and `/a/bc` is not below `/a/b`. */
export function isAtOrBelow(id: string, scope: string): boolean {
  const [inner, outer] = [id.toLowerCase(), scope.toLowerCase().replace(/\/$/, "")];
  return inner === outer || inner.startsWith(`${outer}/`);
}

function assignmentsInEffect(world: Pick<World, "clock" | "settings" | "state">): RoleAssignmentRecord[] {
  const lagMs = world.settings.rbacLagSeconds * 1000;
  const now = world.clock.now();
  const lingering = world.state.removedRoleAssignments.filter(({ removedAt }) => now < removedAt + lagMs);
  return [...world.state.roleAssignments, ...lingering].filter(({ createdAt }) => now >= createdAt + lagMs);
}

function grants(role: RoleDefinition, what: { action: string } | { dataAction: string }): boolean {
  return "action" in what
    ? matchesAny(what.action, role.actions) && !matchesAny(what.action, role.notActions)
    : matchesAny(what.dataAction, role.dataActions) && !matchesAny(what.dataAction, role.notDataActions);
}

/** `*` stands for any text, slashes included; case does not matter. */
function matchesAny(action: string, patterns: string[]): boolean {
  return patterns.some((pattern) => {
    const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${expression}$`, "i").test(action);
  });
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
