import { providerProcess, type Context } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { refuseForeignDeployments } from "../runtime/foreign-deployments";
import { hasUnknown, isUnknown } from "../runtime/unknown";
import { inShort } from "../model-versions/rejection";
import { sameJson } from "../fine-tuning-job/canonical-json";
import { refusePromotedAccount } from "../promoted-version/refuse-promoted";
import type { DestroyGuard, ReleaseGateArgs, ReleaseGateState } from "./schema";

/**
 * The last resource: production is well, and the run is not. Nothing is stored of a rejection, so that each `up` is told of it until the model
 * passes or `deploy.version` decides; a preview shows the gate as a change for as long, and where the model is yet to be judged. What it knows of an
 * error, it says. A destroy begins with it, so it asks what the chat probe asks.
 */
export function releaseGateHandler(context: Context) {
  const said = new Set<string>();

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: (_olds, news) => {
      context.liveIds.sawProgram();
      const { rejected } = news;
      if (rejected !== "" && !isUnknown(rejected) && !said.has(rejected))
        context.print(`[plan] \`up\` ends with an error after everything else: ${inShort(rejected)}`);
      said.add(rejected);
      return Promise.resolve({ inputs: news, failures: [] });
    },

    // A model that is yet to be judged is a change, too: a saved plan lets a change come to nothing, and no unchanged resource end with an error
    // of its own (ConstrainedTo in pkg/resource/deploy/step.go, 3.230).
    diff: (_id, olds, news) =>
      Promise.resolve({ changes: news.rejected !== "" || guardDiffers(olds, news) || lacksGuard(context, olds, news) }),

    create: (inputs) => Promise.resolve().then(() => ({ id: "gate", outs: opened(inputs) })),

    update: (_id, _olds, news) => Promise.resolve().then(() => ({ outs: opened(news) })),

    // The first deletion of a destroy: what stops it has to stop it here, before the gate is gone from the state.
    delete: async (_id, state) => {
      const guard = guardOf(state);
      if (!guard) return;
      await refuseForeignDeployments(context, guard, guard);
      await refusePromotedAccount(context, guard);
    },
  } satisfies Handler<ReleaseGateArgs, ReleaseGateState>;
}

/** What a destroy looks at; undefined in a state of an earlier release. */
function guardOf({ accountId, deploymentName, owner, destroyedJobs, fineTunedModel = "", others }: ReleaseGateArgs) {
  if (accountId === undefined || deploymentName === undefined) return undefined;
  return { accountId, deploymentName, owner, destroyedJobs, fineTunedModel, others } satisfies DestroyGuard;
}

/**
 * A gate that an earlier release stored has no guard, and is lost in a destroy that the probe then stops. It gets one in the first run that asks the deployment
 * anyway, as of a new model: alone it would be a change where nothing has changed.
 */
function lacksGuard({ plan }: Context, olds: ReleaseGateState, { deploymentName = "" }: ReleaseGateArgs): boolean {
  // Where each model has a deployment, the gate knows the start of its name.
  const isOwn = (name: string) => name === deploymentName || name.replace(/-[0-9a-f]{6}$/, "") === deploymentName;
  return guardOf(olds) === undefined && [...plan.askedAnew].some(isOwn);
}

/** States of earlier releases don't change for the guard's sake alone. Of the model only its base counts, which the other members follow. */
function guardDiffers(olds: ReleaseGateState, news: ReleaseGateArgs): boolean {
  const [before, now] = [olds, news].map((one) => guardOf({ ...one, fineTunedModel: undefined }));
  return before !== undefined && (hasUnknown(now) || !sameJson(before, now));
}

/** @throws Error with the figures and the ways on */
function opened(inputs: ReleaseGateArgs): ReleaseGateState {
  if (inputs.rejected !== "") throw new Error(inputs.rejected);
  return { ...inputs, stateVersion: 1 };
}

export const handler = releaseGateHandler(providerProcess);
