import { AzureError } from "../http/azure-error";
import type { Request } from "../http/request";
import { isAtOrBelow } from "../rbac/permissions";
import type { LockRecord } from "../world/state";
import type { World } from "../world/world";

/**
 * `CanNotDelete` keeps what is at or below its scope, `ReadOnly` also keeps it as it is; a POST counts as a write (documented of `listKeys`).
 * A group or account with a lock inside can't be deleted either. Locks themselves are not locked. The data plane knows no locks (documented).
 * @throws AzureError 409 ScopeLocked, in the words on record
 */
export function checkLocks(world: Pick<World, "state">, { method, routeOptions }: Request, scope: string): void {
  if (method === "GET" || method === "HEAD" || /\/locks\/:lock$/.test(routeOptions.url ?? "")) return;
  const deletes = method === "DELETE";
  const holding = locks(world).filter((lock) =>
    deletes
      ? isAtOrBelow(scope, lock.scope) || isAtOrBelow(lock.scope, scope)
      : lock.level === "ReadOnly" && isAtOrBelow(scope, lock.scope),
  );
  if (holding.length === 0) return;
  const scopes = [...new Set(holding.map((lock) => `'${lock.scope}'`))].join(", ");
  const sentence =
    `The scope '${scope}' cannot perform ${deletes ? "delete" : "write"} operation because following scope(s) are locked: ${scopes}. ` +
    "Please remove the lock and try again.";
  throw new AzureError(409, "ScopeLocked", sentence);
}

export function locks({ state }: Pick<World, "state">): LockRecord[] {
  return state.locks ?? [];
}
