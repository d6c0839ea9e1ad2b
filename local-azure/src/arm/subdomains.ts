import { AzureError } from "../http/azure-error";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import { sameName } from "./resources";

/** What is wrong with a subdomain as such; undefined when nothing is. */
export function subdomainFault(name: string): string | undefined {
  if (/^[a-z0-9]([-a-z0-9]{0,62}[a-z0-9])$/i.test(name)) return undefined;
  return (
    `The custom subdomain name '${name}' is invalid. It takes 2 to 64 letters, digits and hyphens, ` +
    "and neither starts nor ends with a hyphen."
  );
}

/** Why it is not to be had, in the words on record: it is unique across live and soft-deleted accounts. */
export function subdomainTaken(world: Pick<World, "state">, wanted: string, owner?: AccountRecord): string | undefined {
  const all = [...world.state.accounts, ...world.state.deletedAccounts.map(({ account }) => account)];
  const taken = all.some((other) => other !== owner && sameName(other.properties.customSubDomainName ?? "", wanted));
  return taken
    ? `Please pick a different name. The subdomain name '${wanted}' is not available as it's already used by a resource.`
    : undefined;
}

/**
 * A subdomain stays with its account once given.
 * @throws AzureError CustomDomainInUse, CustomSubDomainNameCannotBeChanged
 */
export function checkSubdomain(world: Pick<World, "state">, wanted: string | undefined, account?: AccountRecord): void {
  const current = account?.properties.customSubDomainName;
  if (wanted === undefined || (current !== undefined && sameName(current, wanted))) return;
  if (current !== undefined) {
    // Documented: "after a custom subdomain name is created, it can't be changed"; the code is a guess.
    const sentence = `The custom subdomain name '${current}' of the account can't be changed.`;
    throw new AzureError(400, "CustomSubDomainNameCannotBeChanged", sentence);
  }
  const taken = subdomainTaken(world, wanted, account);
  if (taken !== undefined) throw new AzureError(409, "CustomDomainInUse", taken);
}
