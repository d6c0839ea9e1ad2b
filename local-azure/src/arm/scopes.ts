import { AzureError } from "../http/azure-error";
import type { World } from "../world/world";
import { accountId, groupId, requireAccount, requireGroup, ACCOUNT_TYPE } from "./resources";
import type { ArmCall, Route } from "./route";

/** Where roles can be assigned here: subscription, resource group, account. */
export const SCOPES = [
  "/subscriptions/:subscriptionId",
  "/subscriptions/:subscriptionId/resourceGroups/:group",
  `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account`,
] as const;

/** Declares one operation at every scope. */
export function atEveryScope(
  route: Route,
  method: "GET" | "PUT" | "DELETE",
  path: string,
  action: string,
  handler: (call: ArmCall) => unknown,
): void {
  for (const scope of SCOPES) route(method, `${scope}/providers/Microsoft.Authorization${path}`, action, handler);
}

/**
 * The scope of a request as a canonical id.
 * @throws AzureError when the resource group or account does not exist
 */
export function scopeOf(world: Pick<World, "state">, { request }: ArmCall): string {
  const { group, account } = request.params;
  if (group === undefined) return `/subscriptions/${world.state.subscriptionId}`;
  const found = requireGroup(world, group);
  return account === undefined ? groupId(world, found.name) : requireAccount(world, found.name, account).id;
}

/** As `scopeOf`, but without asking whether it exists: a role assignment is looked for by its id alone. */
export function namedScope(world: Pick<World, "state">, { request }: ArmCall): string {
  const { group, account } = request.params;
  if (group === undefined) return `/subscriptions/${world.state.subscriptionId}`;
  return account === undefined ? groupId(world, group) : accountId(world, group, account);
}

/** @throws AzureError RoleDefinitionDoesNotExist */
export function noSuchRole(id: string, status: 400 | 404): AzureError {
  return new AzureError(
    status,
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${id}' does not exist.`,
  );
}
