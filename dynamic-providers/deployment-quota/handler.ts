import { parseAccountId } from "../../azure-openai/account-reference";
import { ticks } from "../../azure-openai/clock";
import { accountReplaces } from "../runtime/account-identity";
import { providerProcess, type Context } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { sayAs } from "../runtime/say";
import { toState } from "../runtime/to-state";
import { RegionQuota } from "./region-quota";
import type { DeploymentQuotaInputs, DeploymentQuotaState } from "./schema";
import { waitForRoom } from "./wait-for-room";

/** Inputs whose change makes another deployment, in place of the old one. */
const REPLACING = ["deploymentName", "fineTunedModel"] as const;

export function deploymentQuotaHandler(context: Context) {
  /** When this process saw the deployment go, which goes before its quota does. */
  let releasedAt: number | undefined;

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    diff: (_id, olds, news) => {
      const replaces = [...accountReplaces(olds, news), ...REPLACING.filter((name) => olds[name] !== news[name])];
      const changes = replaces.length > 0 || olds.sku !== news.sku || olds.capacity !== news.capacity;
      return Promise.resolve({ changes, replaces, deleteBeforeReplace: true });
    },

    create: async (inputs) => {
      const azure = await context.azure();
      const { subscriptionId } = parseAccountId(inputs.accountId);
      await waitForRoom(inputs, {
        clock: context.clock,
        say: sayAs(context, `deployment-quota ${inputs.deploymentName}`),
        stopIfOrphaned: () => context.stopIfOrphaned(),
        quota: new RegionQuota(azure.accounts(subscriptionId), { ...inputs, model: inputs.fineTunedModel }),
        releasedAt,
      });
      return { id: `${inputs.deploymentName}-quota`, outs: toState({ ...inputs, stateVersion: 1 as const }) };
    },

    // A deployment that stays keeps what it has, and asks for more itself.
    update: (_id, _olds, news) => Promise.resolve({ outs: toState({ ...news, stateVersion: 1 as const }) }),

    delete: () => {
      releasedAt = ticks(context.clock);
      return Promise.resolve();
    },
  } satisfies Handler<DeploymentQuotaInputs, DeploymentQuotaState>;
}

export const handler = deploymentQuotaHandler(providerProcess);
