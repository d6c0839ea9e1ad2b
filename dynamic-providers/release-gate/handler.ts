import { providerProcess, type Context } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { isUnknown } from "../runtime/unknown";
import type { ReleaseGateArgs, ReleaseGateState } from "./schema";

/**
 * The last resource: production is well, and the run is not. Nothing is stored of a rejection, so that each `up` is told of it until the model
 * passes or `deploy.version` decides; a preview shows the gate as a change for as long, and where the model is yet to be judged. What it knows of an
 * error, it says.
 */
export function releaseGateHandler(context: Context) {
  const said = new Set<string>();

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: (_olds, news) => {
      context.liveIds.sawProgram();
      const { rejected } = news;
      if (rejected !== "" && !isUnknown(rejected) && !said.has(rejected))
        context.print(`[plan] \`up\` ends with an error after everything else: ${rejected}`);
      said.add(rejected);
      return Promise.resolve({ inputs: news, failures: [] });
    },

    // A model that is yet to be judged is a change, too: a saved plan lets a change come to nothing, and no unchanged resource end with an error
    // of its own (ConstrainedTo in pkg/resource/deploy/step.go, 3.230).
    diff: (_id, _olds, { rejected }) => Promise.resolve({ changes: rejected !== "" }),

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
