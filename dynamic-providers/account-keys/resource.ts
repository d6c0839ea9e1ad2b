import { lateBoundResource } from "../runtime/late-bound-resource";
import type { AccountKeysArgs, AccountKeysState } from "./schema";

/**
 * The two keys of an account, as secrets.
 *
 * @example
 * ```ts
 * const keys = new AccountKeys("openai-keys", { accountId, location, rotation: 0 });
 * export const key = keys.primary; // a secret
 * ```
 */
export class AccountKeys extends lateBoundResource<AccountKeysArgs, AccountKeysState>()({
  type: "AccountKeys",
  handler: "dynamic-providers/account-keys/handler.ts",
  answered: ["key1", "key2", "inUse", "primary", "secondary"],
  secret: ["key1", "key2", "primary", "secondary"],
}) {}
