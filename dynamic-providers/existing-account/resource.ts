import { lateBoundResource } from "../runtime/late-bound-resource";
import type { ExistingAccountArgs, ExistingAccountState } from "./schema";

/**
 * An account that the stack uses and doesn't own: nothing is created, changed or deleted. It checks at preview what the signed-in identity may do
 * there, and what uses the account takes its id from here, so that a destroy reaches it last and says what is left.
 *
 * @example
 * ```ts
 * const names = { subscriptionId, resourceGroupName: "shared-ai", accountName: "contoso-openai", location: "swedencentral" };
 * const account = new ExistingAccount("openai-existing", {
 *   ...{ ...names, accountId, kind: "OpenAI", rolesManaged: false, readsKeys: false },
 *   properties: { disableLocalAuth: true },
 * });
 * export const id = account.accountId;
 * ```
 */
export class ExistingAccount extends lateBoundResource<ExistingAccountArgs, ExistingAccountState>()({
  type: "ExistingAccount",
  handler: "dynamic-providers/existing-account/handler.ts",
  known: ["accountId"],
}) {}
