import { findRole, roleDefinitions, type RoleDefinition } from "../rbac/role-definitions";
import { roleDefinitionId, roleGuid } from "../rbac/role-ids";
import type { World } from "../world/world";
import { sameName } from "./resources";
import type { ArmCall, Route } from "./route";
import { atEveryScope, noSuchRole } from "./scopes";

const TYPE = "Microsoft.Authorization/roleDefinitions";

/** The built-in roles: one by GUID, or all, or one by name with `$filter=roleName eq '...'`. */
export function registerRoleDefinitions(route: Route, world: World): void {
  atEveryScope(route, "GET", "/roleDefinitions", `${TYPE}/read`, (call) => list(world, call));
  atEveryScope(route, "GET", "/roleDefinitions/:guid", `${TYPE}/read`, (call) => one(world, call));
  // The same below the tenant, where the ids of built-in roles really live; everybody may read them there.
  route("GET", "/providers/Microsoft.Authorization/roleDefinitions", "", (call) => list(world, call));
  route("GET", "/providers/Microsoft.Authorization/roleDefinitions/:guid", "", (call) => one(world, call));
}

function list(world: Pick<World, "state">, { request }: ArmCall) {
  const filter = request.query.$filter ?? "";
  const name = /roleName\s+eq\s+'((?:[^']|'')*)'/i.exec(filter)?.[1]?.replaceAll("''", "'");
  const found = roleDefinitions.filter((role) => name === undefined || sameName(role.name, name));
  return { value: found.map((role) => view(world, role)) };
}

function one(world: Pick<World, "state">, { param }: ArmCall) {
  const role = findRole(roleGuid(param("guid")));
  if (!role) throw noSuchRole(param("guid"), 404);
  return view(world, role);
}

function view(world: Pick<World, "state">, role: RoleDefinition) {
  const { guid, name, description, actions, notActions, dataActions, notDataActions } = role;
  return {
    id: roleDefinitionId(world.state.subscriptionId, guid),
    name: guid,
    type: TYPE,
    properties: {
      roleName: name,
      type: "BuiltInRole",
      description,
      assignableScopes: ["/"],
      permissions: [{ actions, notActions, dataActions, notDataActions }],
    },
  };
}
