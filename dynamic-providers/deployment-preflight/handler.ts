import { accountReplaces } from "../runtime/account-identity";
import { providerProcess, type Context } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { sayAs } from "../runtime/say";
import { toState } from "../runtime/to-state";
import { requireRoom } from "./require-room";
import type { DeploymentPreflightInputs, DeploymentPreflightState } from "./schema";

const COMPARED = ["deploymentName", "fineTunedModel", "sku", "capacity"] as const;

export function deploymentPreflightHandler(context: Context) {
  /** @param old name of the deployment that goes */
  async function check(inputs: DeploymentPreflightInputs, old: string): Promise<DeploymentPreflightState> {
    const { accountId, location, sku, capacity, fineTunedModel: model } = inputs;
    const say = sayAs(context, `deployment-preflight ${inputs.deploymentName}`);
    try {
      await requireRoom(
        context,
        { accountId, location, sku, capacity, model, takesPlaceOf: old, onlyToKeepIt: true },
        say,
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${reason} Nothing was deleted: what is deployed as ${old} keeps serving.`, { cause: error });
    }
    return toState({ ...inputs, stateVersion: 1 as const });
  }

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    diff: (_id, olds, news) => {
      const changes = accountReplaces(olds, news).length > 0 || COMPARED.some((name) => olds[name] !== news[name]);
      return Promise.resolve({ changes, replaces: [] });
    },

    create: async (inputs) => ({
      id: `${inputs.deploymentName}-preflight`,
      outs: await check(inputs, inputs.deploymentName),
    }),

    update: async (_id, olds, news) => ({ outs: await check(news, olds.deploymentName) }),
  } satisfies Handler<DeploymentPreflightInputs, DeploymentPreflightState>;
}

export const handler = deploymentPreflightHandler(providerProcess);
