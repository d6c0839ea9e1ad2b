import { rmSync } from "node:fs";
import { AzureError } from "../http/azure-error";
import { isAtOrBelow } from "../rbac/permissions";
import type { AccountRecord, DeletedAccountRecord } from "../world/state";
import { blobsOf } from "../storage/blobs";
import type { World } from "../world/world";
import { accountView, shownLocation } from "./account-view";
import { startOperation } from "./operations";
import { isoTime, normalRegion, sameName } from "./resources";
import type { ArmCall, Route } from "./route";

/** A deleted account can be restored for 48 hours (recorded: scheduledPurgeDate is deletionDate + 48 h). */
export const RETENTION_MS = 48 * 3600 * 1000;

const NAMESPACE = "Microsoft.CognitiveServices";
const BASE = `/subscriptions/:subscriptionId/providers/${NAMESPACE}`;
const ONE = `${BASE}/locations/:location/resourceGroups/:group/deletedAccounts/:account`;

/** Soft-deleted accounts: list, GET and purge. */
export function registerDeletedAccounts(route: Route, world: World): void {
  route("GET", `${BASE}/deletedAccounts`, `${NAMESPACE}/deletedAccounts/read`, () => ({
    value: world.state.deletedAccounts.map((deleted) => deletedView(world, deleted)),
  }));
  route("GET", ONE, `${NAMESPACE}/locations/resourceGroups/deletedAccounts/read`, (call) =>
    deletedView(world, requireDeleted(world, call)),
  );
  route("DELETE", ONE, `${NAMESPACE}/locations/resourceGroups/deletedAccounts/delete`, (call) => {
    const deleted = findDeleted(world, call.param("location"), call.param("group"), call.param("account"));
    if (!deleted) return call.reply.code(204).send();
    purge(world, deleted);
    const headers = startOperation(world, call, shownLocation(deleted.account), world.settings.purgeSeconds);
    world.save();
    return call.reply
      .code(202)
      .headers({ ...headers, location: headers["azure-asyncoperation"] })
      .send();
  });
}

/** Takes the account out of sight for 48 hours. Its role assignments are gone at once; files and jobs wait with it. */
export function softDelete(world: Pick<World, "clock" | "state">, account: AccountRecord): void {
  const { state } = world;
  const now = world.clock.now();
  state.accounts = state.accounts.filter((other) => other !== account);
  // A purged or restored name may be deleted again: one record per name.
  state.deletedAccounts = state.deletedAccounts.filter(
    ({ account: other }) => !sameName(other.id, account.id) || other.location !== account.location,
  );
  state.deletedAccounts.push({ account, deletedAt: now, purgeAt: now + RETENTION_MS });
  state.roleAssignments = state.roleAssignments.filter(({ scope }) => !isAtOrBelow(scope, account.id));
}

/** Forgets a deleted account for good, its bytes on disk too. */
export function purge(world: Pick<World, "state" | "blobFolder">, deleted: DeletedAccountRecord): void {
  for (const blob of blobsOf(world, deleted.account)) rmSync(blob, { force: true, recursive: true });
  world.state.deletedAccounts = world.state.deletedAccounts.filter((other) => other !== deleted);
  world.state.jobsOfPurgedAccounts += deleted.account.dataPlane.jobsEverCreated;
}

/** Brings the account back with its id, keys, properties, files and jobs (guess: Azure says only "recovered"). */
export function restore(
  world: Pick<World, "clock" | "settings" | "state">,
  deleted: DeletedAccountRecord,
): AccountRecord {
  const { account } = deleted;
  const now = world.clock.now();
  world.state.deletedAccounts = world.state.deletedAccounts.filter((other) => other !== deleted);
  world.state.accounts.push(account);
  account.updatedAt = now;
  account.readyAt = now + world.settings.accountSeconds * 1000;
  return account;
}

export function findDeleted(
  world: Pick<World, "state">,
  location: string,
  group: string,
  name: string,
): DeletedAccountRecord | undefined {
  return world.state.deletedAccounts.find(
    ({ account }) =>
      account.location === normalRegion(location) &&
      sameName(account.resourceGroup, group) &&
      sameName(account.name, name),
  );
}

function requireDeleted(world: Pick<World, "state">, { param }: ArmCall): DeletedAccountRecord {
  const deleted = findDeleted(world, param("location"), param("group"), param("account"));
  if (!deleted) {
    const sentence = `The deleted account '${param("account")}' could not be found in location '${param("location")}'.`;
    throw new AzureError(404, "ResourceNotFound", sentence);
  }
  return deleted;
}

function deletedView(
  world: Pick<World, "clock" | "origin" | "state">,
  { account, deletedAt, purgeAt }: DeletedAccountRecord,
) {
  const view = accountView(world, account, "Succeeded");
  const path =
    `/subscriptions/${world.state.subscriptionId}/providers/${NAMESPACE}/locations/${shownLocation(account)}` +
    `/resourceGroups/${account.resourceGroup}/deletedAccounts/${account.name}`;
  return {
    ...view,
    id: path,
    type: `${NAMESPACE}/locations/resourceGroups/deletedAccounts`,
    properties: { ...view.properties, deletionDate: isoTime(deletedAt), scheduledPurgeDate: isoTime(purgeAt) },
  };
}
