import builtIn from "./built-in-roles.json";

/** A built-in role: what it may do in Resource Manager (`actions`) and on the data plane (`dataActions`). */
export interface RoleDefinition {
  guid: string;
  name: string;
  description: string;
  actions: string[];
  notActions: string[];
  dataActions: string[];
  notDataActions: string[];
}

export const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

export const roleDefinitions: readonly RoleDefinition[] = builtIn.roles;

/** By GUID (any case); `undefined` when there is no such built-in role. */
export function findRole(guid: string): RoleDefinition | undefined {
  return roleDefinitions.find((role) => role.guid === guid.toLowerCase());
}
