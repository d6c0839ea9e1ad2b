import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import { withPrincipals } from "./account-body";
import { FOUNDRY } from "./account-view";

/**
 * What Microsoft does with accounts of kind OpenAI on its own schedule (articles/foundry/how-to/upgrade-azure-openai-auto.md): the account
 * becomes a Foundry account in place, with a managed identity and project management; keys, deployments, files and jobs stay. That the
 * automatic upgrade sets the same as the one by hand is a guess.
 */
export function upgradeAccount(world: Pick<World, "clock" | "state">, account: AccountRecord): void {
  if (account.kind === FOUNDRY) return;
  account.kind = FOUNDRY;
  account.identity ??= withPrincipals(world, { type: "SystemAssigned" });
  account.properties = { ...account.properties, allowProjectManagement: true, previouskind: "OpenAI" };
  account.updatedAt = world.clock.now();
}
