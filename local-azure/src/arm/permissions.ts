import { rolesAt } from "../rbac/permissions";
import type { World } from "../world/world";
import type { Route } from "./route";
import { atEveryScope, scopeOf } from "./scopes";

/**
 * "Permissions - List For Resource": what roles allow the caller on a scope. That everybody may ask, whatever their roles, is a guess: no
 * built-in role names `Microsoft.Authorization/permissions/read` alone.
 */
export function registerPermissions(route: Route, world: World): void {
  atEveryScope(route, "GET", "/permissions", "", (call) => {
    const roles = rolesAt(world, call.caller.oid, scopeOf(world, call));
    return {
      value: roles.map(({ actions, notActions, dataActions, notDataActions }) => {
        return { actions, notActions, dataActions, notDataActions };
      }),
    };
  });
}
