import { isDeepStrictEqual } from "node:util";
import type { Deployment } from "@azure/arm-cognitiveservices";
import { AzureFailure } from "../../azure-openai/failure";
import { messageOf } from "../../azure-openai/message-of";
import { accountReplaces } from "../runtime/account-identity";
import { providerProcess, type Context } from "../runtime/context";
import { saysAccountIsGone } from "../runtime/data-plane";
import { DeploymentWriter } from "../runtime/deployment-writer";
import type { Handler } from "../runtime/handler";
import { PartialFailure } from "../runtime/partial-failure";
import { sayAs } from "../runtime/say";
import { toState } from "../runtime/to-state";
import { hasUnknown, isUnknown } from "../runtime/unknown";
import { isOwn, OWNER_TAG, takenBy } from "./ownership";
import type { SharedDeploymentInputs, SharedDeploymentState } from "./schema";

/** States that no write has to follow up; `Disabled` is its owner's wish. */
const ENDED_WELL = new Set(["Succeeded", "Disabled"]);

export function sharedDeploymentHandler(context: Context) {
  const sayFor = (inputs: SharedDeploymentInputs) => sayAs(context, `deployment ${inputs.deploymentName}`);
  const open = (inputs: SharedDeploymentInputs) => DeploymentWriter.open(context, inputs, sayFor(inputs));

  /** @throws PartialFailure: what was begun belongs to the stack, and the next `up` continues it */
  async function write(writer: DeploymentWriter, inputs: SharedDeploymentInputs): Promise<SharedDeploymentState> {
    context.liveIds.use(liveId(inputs));
    const { sku, properties, owner } = inputs;
    try {
      return stateOf(inputs, await writer.put({ sku, properties, tags: { [OWNER_TAG]: owner } }));
    } catch (error) {
      if (!(await wasBegun(writer, inputs))) throw error;
      throw new PartialFailure(messageOf(error), idOf(inputs), inputs, { stateVersion: 1 });
    }
  }

  /** Whose the name is, as far as a preview may ask; Azure decides where it may not. */
  async function takenAtPreview(inputs: SharedDeploymentInputs): Promise<string | undefined> {
    if (hasUnknown([inputs.accountId, inputs.deploymentName])) return undefined;
    try {
      const there = await (await open(inputs)).find();
      return there && !isOwn(there, inputs) ? takenBy(there, inputs) : undefined;
    } catch (error) {
      if (error instanceof AzureFailure) return undefined;
      throw error;
    }
  }

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: async (olds: Partial<SharedDeploymentInputs> | undefined, news) => {
      context.liveIds.sawProgram();
      const isNew = olds?.deploymentName?.toLowerCase() !== news.deploymentName.toLowerCase();
      const taken = isNew ? await takenAtPreview(news) : undefined;
      return { inputs: news, failures: taken === undefined ? [] : [{ property: "deploymentName", reason: taken }] };
    },

    diff: (_id, olds, news) => {
      const replaces: string[] = accountReplaces(olds, { accountId: news.accountId, location: undefined });
      const name = news.deploymentName;
      if (isUnknown(name) || name.toLowerCase() !== olds.deploymentName.toLowerCase()) replaces.push("deploymentName");
      const otherModel = !isDeepStrictEqual(olds.properties.model, news.properties.model);
      if (otherModel && news.replaceOnModel) replaces.push("properties");
      if (replaces.length === 0) context.liveIds.keep(liveId(news));
      const changes =
        replaces.length > 0 ||
        !isDeepStrictEqual(olds.sku, news.sku) ||
        !isDeepStrictEqual(olds.properties, news.properties) ||
        // A refresh clears the mark of a write that failed; what Azure said doesn't change on its own.
        !ENDED_WELL.has(olds.provisioningState);
      return Promise.resolve({ changes, replaces });
    },

    create: async (inputs) => {
      const writer = await open(inputs);
      const there = await writer.find();
      if (there && !isOwn(there, inputs)) throw new Error(takenBy(there, inputs));
      if (there) sayFor(inputs)("already exists: an earlier run of this stack created it");
      return { id: idOf(inputs), outs: await write(writer, inputs) };
    },

    update: async (_id, olds, news) => {
      // The tag stays what it was when the stack is renamed.
      const inputs = { ...news, owner: olds.owner };
      const writer = await open(inputs);
      const there = await writer.find();
      if (there && !isOwn(there, { ...olds, owner: olds.owner })) throw new Error(takenBy(there, inputs));
      return { outs: await write(writer, inputs) };
    },

    read: async (id, props) => {
      const state = props as SharedDeploymentState;
      try {
        const there = await (await open(state)).find();
        return there && isOwn(there, state) ? { id, props: refreshed(state, there) } : {};
      } catch (error) {
        if (saysAccountIsGone(error)) return {};
        throw error;
      }
    },

    delete: async (_id, state) => {
      const say = sayFor(state);
      // Went away and came back within one run: the same name, and the same deployment.
      if (context.liveIds.has(liveId(state))) return say("is in use again; kept");
      const writer = await open(state);
      const there = await writer.find();
      if (!there) return;
      if (!isOwn(there, state)) {
        return say(
          "was replaced by another deployment with the same name, which does not belong to this stack and is kept",
        );
      }
      await writer.delete();
    },
  } satisfies Handler<SharedDeploymentInputs, SharedDeploymentState>;
}

/** Whether a write that failed has left a deployment that is the stack's; unknown counts, so that nothing is forgotten. */
function wasBegun(writer: DeploymentWriter, inputs: SharedDeploymentInputs): Promise<boolean> {
  return writer.find().then(
    (there) => there !== undefined && isOwn(there, inputs),
    () => true,
  );
}

function idOf({ accountId, deploymentName }: SharedDeploymentInputs): string {
  return `${accountId}/deployments/${deploymentName}`;
}

/** Azure compares ids without case. */
function liveId(inputs: SharedDeploymentInputs): string {
  return idOf(inputs).toLowerCase();
}

function stateOf(inputs: SharedDeploymentInputs, { name, properties, systemData }: Deployment): SharedDeploymentState {
  return toState({
    ...inputs,
    stateVersion: 1 as const,
    name: name ?? inputs.deploymentName,
    provisioningState: properties?.provisioningState ?? "Succeeded",
    systemData: { createdAt: systemData?.createdAt?.toISOString() },
  });
}

/** What Azure has now of what the program says; what it chose itself stays out, or each refresh would show it as a change. */
function refreshed(state: SharedDeploymentState, there: Deployment): SharedDeploymentState {
  const { sku, properties: { model, raiPolicyName, versionUpgradeOption } = {} } = there;
  const said = state.properties;
  return {
    ...stateOf(state, there),
    sku: { name: sku?.name ?? state.sku.name, capacity: sku?.capacity ?? state.sku.capacity },
    properties: {
      model: {
        ...said.model,
        name: model?.name ?? said.model.name,
        ...(said.model.version && { version: model?.version }),
      },
      ...(said.raiPolicyName !== undefined && { raiPolicyName }),
      ...(said.versionUpgradeOption !== undefined && { versionUpgradeOption }),
    },
  };
}

export const handler = sharedDeploymentHandler(providerProcess);
