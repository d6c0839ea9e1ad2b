import { lateBoundResource } from "../runtime/late-bound-resource";
import type { AccountPurgeArgs, AccountPurgeState } from "./schema";

/**
 * Purges the account after its deletion, so that its name is free again. Create it before the account, which must depend on it.
 *
 * @example
 * ```ts
 * const names = { subscriptionId, resourceGroupName: "ResourceGroup1", accountName: "contoso-openai", location };
 * const purge = new AccountPurge("purge", names);
 * new cognitiveservices.Account("account", { ...names, kind: "OpenAI", sku: { name: "S0" } }, { dependsOn: purge });
 * ```
 */
export class AccountPurge extends lateBoundResource<AccountPurgeArgs, AccountPurgeState>()({
  type: "AccountPurge",
  handler: "dynamic-providers/account-purge/handler.ts",
}) {}
