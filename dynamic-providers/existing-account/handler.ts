import { parseAccountId } from "../../azure-openai/account-reference";
import { accountReplaces } from "../runtime/account-identity";
import { providerProcess, type Context } from "../runtime/context";
import { saysAccountIsGone } from "../runtime/data-plane";
import type { Handler } from "../runtime/handler";
import { beginReadingModels } from "../runtime/region-models";
import { sayAs } from "../runtime/say";
import { toState } from "../runtime/to-state";
import { leavesOwnAccount } from "./change-of-owner";
import { lackingRights, neededRights } from "./missing-rights";
import type { ExistingAccountInputs, ExistingAccountState } from "./schema";

export function existingAccountHandler(context: Context) {
  const say = sayAs(context, "account");

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: async (olds: Partial<ExistingAccountInputs> | undefined, news) => {
      context.liveIds.sawProgram();
      beginReadingModels(context, news);
      const own = leavesOwnAccount(olds, news);
      const isNew = olds?.accountId === undefined || accountReplaces({ ...news, ...olds }, news).length > 0;
      const reason = own ?? (isNew ? await lackingRights(context, news.accountId, neededRights(news)) : undefined);
      return { inputs: news, failures: reason === undefined ? [] : [{ property: "accountName", reason }] };
    },

    // What its owner changes of it, a kind that Azure upgrades: nothing follows for the stack.
    diff: (_id, olds, news) => {
      const replaces = accountReplaces(olds, news);
      return Promise.resolve({ changes: replaces.length > 0, replaces });
    },

    create: (inputs) =>
      Promise.resolve({ id: inputs.accountId, outs: toState({ ...inputs, stateVersion: 1 as const }) }),

    read: async (id, props) => {
      const { subscriptionId, resourceGroupName, accountName } = parseAccountId(props!.accountId);
      try {
        await (await context.azure()).accounts(subscriptionId).get(resourceGroupName, accountName);
        return { id, props };
      } catch (error) {
        if (saysAccountIsGone(error)) return {};
        throw error;
      }
    },

    delete: (_id, state) => {
      // The last resource of a destroy.
      if (context.liveIds.destroying) say(lastLine(state, [...context.kept, ...context.leftBehind]));
      return Promise.resolve();
    },
  } satisfies Handler<ExistingAccountInputs, ExistingAccountState>;
}

function lastLine({ accountName, resourceGroupName }: ExistingAccountState, left: string[]): string {
  const stays = `${accountName} in ${resourceGroupName} existed before this stack and was not changed`;
  return left.length > 0
    ? `${stays}; still in it: ${left.join("; ")}`
    : `${stays}; nothing from this stack is left in it`;
}

export const handler = existingAccountHandler(providerProcess);
