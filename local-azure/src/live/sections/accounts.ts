import { accountEndpoint, stateOf } from "../../arm/account-view";
import type { AccountRecord } from "../../world/state";
import type { World } from "../../world/world";
import type { AccountRow, Rows } from "../shapes";
import { newest } from "./rows";

/** Accounts, with those that are deleted and can be recovered. */
export function accountRows(world: World): Rows<AccountRow> {
  const gone = world.state.deletedAccounts.map(({ account, purgeAt }) => ({
    ...row(world, account),
    ...{ state: "Deleted" as const, purgeAt },
  }));
  const there = world.state.accounts.map((account) => row(world, account));
  return newest([...gone, ...there], (one) => one);
}

function row(world: World, account: AccountRecord): AccountRow {
  const { name, kind, location, resourceGroup, sku, properties, projects = [] } = account;
  return {
    ...{ name, kind, location, resourceGroup, sku: sku.name },
    state: stateOf(world, account),
    endpoint: accountEndpoint(world, account),
    localAuth: properties.disableLocalAuth !== true,
    projects: projects.map((project) => project.name),
  };
}
