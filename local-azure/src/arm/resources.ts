import { createHash } from "node:crypto";
import type { AccountRecord, DeploymentRecord, ProjectRecord, ResourceGroupRecord } from "../world/state";
import type { World } from "../world/world";
import { notFound } from "./errors";

export const ACCOUNT_TYPE = "Microsoft.CognitiveServices/accounts";

/** Case does not matter in names, ids and regions; spaces don't in regions (`North Central US`). */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function normalRegion(region: string): string {
  return region.toLowerCase().replaceAll(" ", "");
}

export function groupId(world: Pick<World, "state">, group: string): string {
  return `/subscriptions/${world.state.subscriptionId}/resourceGroups/${group}`;
}

export function accountId(world: Pick<World, "state">, group: string, name: string): string {
  return `${groupId(world, group)}/providers/${ACCOUNT_TYPE}/${name}`;
}

export function findGroup(world: Pick<World, "state">, name: string): ResourceGroupRecord | undefined {
  return world.state.resourceGroups.find((group) => sameName(group.name, name));
}

/** @throws AzureError ResourceGroupNotFound */
export function requireGroup(world: Pick<World, "state">, name: string): ResourceGroupRecord {
  const group = findGroup(world, name);
  if (!group) throw notFound.group(name);
  return group;
}

export function findAccount(world: Pick<World, "state">, group: string, name: string): AccountRecord | undefined {
  return world.state.accounts.find((account) => sameName(account.resourceGroup, group) && sameName(account.name, name));
}

/** @throws AzureError ResourceGroupNotFound, ResourceNotFound */
export function requireAccount(world: Pick<World, "state">, group: string, name: string): AccountRecord {
  requireGroup(world, group);
  const account = findAccount(world, group, name);
  if (!account) throw notFound.resource(ACCOUNT_TYPE, name, group);
  return account;
}

export function findDeployment(account: AccountRecord, name: string): DeploymentRecord | undefined {
  return account.deployments.find((deployment) => sameName(deployment.name, name));
}

/** Who wrote a resource, and when: `systemData` of every resource. */
export function systemData(record: { createdAt: number; updatedAt: number; createdBy: string; updatedBy: string }) {
  return {
    createdBy: record.createdBy,
    createdByType: "Application",
    createdAt: isoTime(record.createdAt),
    lastModifiedBy: record.updatedBy,
    lastModifiedByType: "Application",
    lastModifiedAt: isoTime(record.updatedAt),
  };
}

/** Of what a write changes, in the form on record: `"bd048a1b-0000-0100-0000-68bedf300000"`, the last part from the time in seconds. */
export function etag(record: AccountRecord | DeploymentRecord | ProjectRecord): string {
  const { createdAt, updatedAt, tags, properties } = record;
  const sku = "sku" in record ? record.sku : undefined;
  const own = "model" in record ? [record.model] : ["kind" in record ? record.kind : undefined, record.identity];
  const hash = createHash("sha256").update(JSON.stringify([createdAt, updatedAt, tags, sku, properties, own]));
  return `"${hash.digest("hex").slice(0, 8)}-0000-0100-0000-${Math.floor(updatedAt / 1000).toString(16)}0000"`;
}

/** With the seven digits of Azure's times. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "0000Z");
}
