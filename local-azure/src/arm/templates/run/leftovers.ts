import type { AccountRecord, PlannedResource, TemplateDeploymentRecord } from "../../../world/state";
import type { World } from "../../../world/world";
import { ACCOUNT_TYPE, sameName } from "../../resources";
import { deploymentOf } from "../records";
import { isNested } from "../template/nested";

type Known = Pick<World, "state">;

/**
 * Mode Complete, when all that the template has is there: what the resource group has besides. Of the types that are served only accounts are
 * deleted (documented), with what is below them first (as when a group is deleted; that mode Complete does the same: guess).
 * @returns whether there was anything
 */
export function addLeftovers(world: Known, deployment: TemplateDeploymentRecord): boolean {
  if (!deployment.complete || deployment.resources.some(({ deletes }) => deletes)) return false;
  const found = othersIn(world, deployment.resourceGroup ?? "", keptIds(world, deployment)).flatMap(deletions);
  deployment.resources.push(...found);
  return found.length > 0;
}

/** Accounts of a resource group but for those that are kept. */
export function othersIn(world: Known, group: string, kept: string[]): AccountRecord[] {
  return world.state.accounts.filter(
    ({ id, resourceGroup }) => sameName(resourceGroup, group) && !kept.some((other) => sameName(other, id)),
  );
}

/** What a template has, and those nested in it that have run. A resource whose condition is false is not in it (documented). @returns ids */
export function keptIds(world: Known, { resources }: TemplateDeploymentRecord): string[] {
  return resources
    .filter(({ state, deletes }) => state !== "skipped" && !deletes)
    .flatMap(({ id, type }) => {
      const nested = isNested(type) ? deploymentOf(world, id) : undefined;
      return nested ? keptIds(world, nested) : [id];
    });
}

function deletions(account: AccountRecord): PlannedResource[] {
  const below = { deployments: account.deployments, projects: account.projects ?? [] };
  const children = Object.entries(below).flatMap(([type, list]) =>
    list.map(({ name }) => deletion(account, `${ACCOUNT_TYPE}/${type}`, `${account.id}/${type}/${name}`, name)),
  );
  const ids = children.map(({ id }) => id);
  return [...children, { ...deletion(account, ACCOUNT_TYPE, account.id), dependsOn: ids }];
}

function deletion(account: AccountRecord, type: string, id: string, child?: string): PlannedResource {
  const name = child === undefined ? account.name : `${account.name}/${child}`;
  return {
    id,
    type,
    name,
    apiVersion: "2025-06-01",
    loops: [],
    definition: {},
    deletes: true,
    dependsOn: [],
    state: "waiting",
  };
}
