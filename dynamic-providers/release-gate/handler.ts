import { providerProcess, type Context } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { isUnknown } from "../runtime/unknown";
import type { ReleaseGateArgs, ReleaseGateState } from "./schema";

/**
 * The last resource: production is well, and the run is not. Nothing is stored of a rejection, so that each `up` is told of it until the model
 * passes or `deploy.version` decides; a preview shows the gate as a change for as long.
 */
export function releaseGateHandler(context: Context) {
  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: (_olds, news) => {
      context.liveIds.sawProgram();
      return Promise.resolve({ inputs: news, failures: [] });
    },

    // A model that is yet to be judged is no change: if it does not pass, `up` finds out.
    diff: (_id, _olds, { rejected }) => Promise.resolve({ changes: rejected !== "" && !isUnknown(rejected) }),

    create: (inputs) => Promise.resolve().then(() => ({ id: "gate", outs: opened(inputs) })),

    update: (_id, _olds, news) => Promise.resolve().then(() => ({ outs: opened(news) })),
  } satisfies Handler<ReleaseGateArgs, ReleaseGateState>;
}

/** @throws Error with the figures and the ways on */
function opened(inputs: ReleaseGateArgs): ReleaseGateState {
  if (inputs.rejected !== "") throw new Error(inputs.rejected);
  return { ...inputs, stateVersion: 1 };
}

export const handler = releaseGateHandler(providerProcess);
