import { sameName } from "../../format/same-name";
import { isTunedName } from "../../azure-openai/model-names";
import { messageOf } from "../../azure-openai/message-of";
import { accountReplaces } from "../runtime/account-identity";
import { providerProcess, type Context } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { sayAs } from "../runtime/say";
import { nameTaken } from "../runtime/name-taken";
import { toState } from "../runtime/to-state";
import { requireRoom } from "./require-room";
import type { DeploymentPreflightInputs, DeploymentPreflightState } from "./schema";

const COMPARED = ["deploymentName", "fineTunedModel", "sku", "capacity"] as const;

export function deploymentPreflightHandler(context: Context) {
  /** @param old - name of the deployment that goes */
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
      const reason = messageOf(error);
      throw new Error(`${reason} Nothing was deleted; the deployment ${old} stays in service.`, { cause: error });
    }
    return toState({ ...inputs, stateVersion: 1 as const });
  }

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    /**
     * Before the old deployment is deleted: is the name of the new one free? A stack that had another `deploy.switch` has its deployment under
     * the name already, so that of a new preflight only another kind of model tells a deployment of somebody else.
     */
    check: async (olds: Partial<DeploymentPreflightInputs> | undefined, news) => {
      const before = olds?.deploymentName;
      if (news.owner !== undefined) return { inputs: news, failures: [] };
      if (sameName(before, news.deploymentName)) return { inputs: news, failures: [] };
      const counts = (model: string) => before !== undefined || !isTunedName(model);
      const reason = await nameTaken(context, news, counts);
      return { inputs: news, failures: reason === undefined ? [] : [{ property: "deploymentName", reason }] };
    },

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
