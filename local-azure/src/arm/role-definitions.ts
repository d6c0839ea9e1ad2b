import { findRole, roleDefinitions, type RoleDefinition } from "../rbac/role-definitions";
import { roleDefinitionId, roleGuid } from "../rbac/role-ids";
import type { World } from "../world/world";
import { onlyAnd, readFilter, type Condition } from "./filter";
import { sameName } from "./resources";
import type { ArmCall, Route } from "./route";
import { atEveryScope, noSuchRole } from "./scopes";

const BUILT_IN = "BuiltInRole";
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
  const conditions = onlyAnd(readFilter(request.query.$filter, isOfDefinition));
  const compared = conditions.filter(({ test }) => test === "eq");
  const found = roleDefinitions.filter(({ name }) =>
    compared.every(({ property, value = "" }) => sameName(property === "rolename" ? name : BUILT_IN, value)),
  );
  return { value: found.map((role) => view(world, role)) };
}

/** Documented: `roleName eq '...'`, `type eq '...'`, `atScopeAndBelow()`; there are no others below a scope. */
function isOfDefinition({ test, property = "" }: Condition): boolean {
  return test === "eq" ? ["rolename", "type"].includes(property) : ["atscope", "atscopeandbelow"].includes(test);
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
      type: BUILT_IN,
      description,
      assignableScopes: ["/"],
      permissions: [{ actions, notActions, dataActions, notDataActions }],
    },
  };
}
