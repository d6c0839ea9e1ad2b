import { randomBytes } from "node:crypto";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import { accountId, normalRegion } from "./resources";

export interface NewAccount extends Pick<
  AccountRecord,
  "name" | "resourceGroup" | "location" | "locationAsSent" | "kind" | "sku" | "tags" | "identity" | "properties"
> {
  /** Application id of the maker. */
  createdBy: string;
}

/** A new account with random keys, ready after `settings.accountSeconds`; in the state, not yet saved. */
export function addAccount(world: World, given: NewAccount): AccountRecord {
  const now = world.clock.now();
  const account: AccountRecord = {
    ...given,
    id: accountId(world, given.resourceGroup, given.name),
    location: normalRegion(given.location),
    keys: [newKey(), newKey()],
    createdAt: now,
    readyAt: now + world.settings.accountSeconds * 1000,
    updatedAt: now,
    updatedBy: given.createdBy,
    deployments: [],
    dataPlane: { files: [], uploads: [], jobs: [], jobsEverCreated: 0 },
  };
  world.state.accounts.push(account);
  return account;
}

/** 84 letters and digits, as long as the keys of new Azure OpenAI accounts; no dot, so that it is never taken for a token. */
export function newKey(): string {
  let key = "";
  while (key.length < 84) {
    key += randomBytes(84)
      .toString("base64")
      .replace(/[^A-Za-z0-9]/g, "");
  }
  return key.slice(0, 84);
}
