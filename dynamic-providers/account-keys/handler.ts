import { parseAccountId } from "../../azure-openai/account-reference";
import { lackingRights, READ_KEYS, REGENERATE_KEYS } from "../existing-account/missing-rights";
import { accountReplaces } from "../runtime/account-identity";
import { providerProcess, type Context } from "../runtime/context";
import { saysAccountIsGone } from "../runtime/data-plane";
import type { Handler } from "../runtime/handler";
import { toState } from "../runtime/to-state";
import type { AccountKeysInputs, AccountKeysState } from "./schema";

type KeyName = AccountKeysState["inUse"];

export function accountKeysHandler(context: Context) {
  async function control(accountId: string) {
    const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
    const accounts = (await context.azure()).accounts(subscriptionId);
    return {
      keys: () => accounts.keys(resourceGroupName, accountName),
      regenerate: (name: KeyName) => accounts.regenerateKey(resourceGroupName, accountName, name),
    };
  }

  /** The state with the account's keys as they are now. */
  async function stateOf(inputs: AccountKeysInputs, inUse: KeyName): Promise<AccountKeysState> {
    const { key1, key2 } = await (await control(inputs.accountId)).keys();
    const [primary, secondary] = inUse === "Key1" ? [key1, key2] : [key2, key1];
    return toState({ ...inputs, stateVersion: 1 as const, key1, key2, inUse, primary, secondary });
  }

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    // Who may not do it learns it before anything is written.
    check: async (olds: Partial<AccountKeysInputs> | undefined, news) => {
      context.liveIds.sawProgram();
      const needed = rightsFor(olds, news);
      if (needed.length === 0) return { inputs: news, failures: [] };
      const reason = await lackingRights(context, news.accountId, needed);
      return { inputs: news, failures: reason === undefined ? [] : [{ property: "rotation", reason }] };
    },

    diff: (_id, olds, news) => {
      const replaces = accountReplaces(olds, news);
      return Promise.resolve({ changes: replaces.length > 0 || news.rotation > olds.rotation, replaces });
    },

    create: async (inputs) => ({ id: `${inputs.accountId}/keys`, outs: await stateOf(inputs, "Key1") }),

    /**
     * Rotation without an interruption: the key that nobody should use is regenerated, then handed out; the one in use stays valid until
     * the next rotation. An update that was interrupted before its state was stored regenerates the same unused key again.
     */
    update: async (_id, olds, news) => {
      if (news.rotation <= olds.rotation) return { outs: await stateOf(news, olds.inUse) };
      const next: KeyName = olds.inUse === "Key1" ? "Key2" : "Key1";
      await (await control(news.accountId)).regenerate(next);
      context.print(
        `[account-keys] ${next} was regenerated and is now the key in use; ${olds.inUse} stays valid until the next rotation`,
      );
      return { outs: await stateOf(news, next) };
    },

    read: async (id, props) => {
      const { accountId, location, rotation, inUse } = props as AccountKeysState;
      try {
        return { id, props: { ...props, ...(await stateOf({ accountId, location, rotation }, inUse)) } };
      } catch (error) {
        if (saysAccountIsGone(error)) return {};
        throw error;
      }
    },

    delete: () => Promise.resolve(),
  } satisfies Handler<AccountKeysInputs, AccountKeysState>;
}

/** What is done that was not done before: keys are read, or one is regenerated. */
function rightsFor(olds: Partial<AccountKeysInputs> | undefined, news: AccountKeysInputs) {
  if (olds?.rotation === undefined) return [READ_KEYS];
  return news.rotation > olds.rotation ? [READ_KEYS, REGENERATE_KEYS] : [];
}

export const handler = accountKeysHandler(providerProcess);
