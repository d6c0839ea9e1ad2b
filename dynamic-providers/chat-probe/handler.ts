import { sameJson } from "../fine-tuning-job/canonical-json";
import { messageOf } from "../../azure-openai/message-of";
import { sameAccount } from "../../azure-openai/account-reference";
import { printable } from "../../azure-openai/printable-text";
import { providerProcess, type Context } from "../runtime/context";
import { dataPlaneForWriting, dataPlaneIfAny } from "../runtime/data-plane";
import { refuseForeignDeployments } from "../runtime/foreign-deployments";
import { refuseForeignProjects } from "../runtime/foreign-projects";
import type { Handler } from "../runtime/handler";
import { PartialFailure } from "../runtime/partial-failure";
import { sayAs } from "../runtime/say";
import { toState } from "../runtime/to-state";
import { nameTaken } from "../runtime/name-taken";
import { refusePromotedAccount, refuseRemovedModel } from "../promoted-version/refuse-promoted";
import { hasUnknown, isUnknown } from "../runtime/unknown";
import { probeDeployment } from "./probe-deployment";
import type { ChatProbeInputs, ChatProbeState } from "./schema";
import { switchNotice } from "../runtime/deployment-switch";

/** Inputs whose change is a reason to ask again. */
const ASKED = ["deploymentName", "fineTunedModel", "deployedAt", "systemMessage", "question", "maxTokens"] as const;

export function chatProbeHandler(context: Context) {
  const noticed = new Set<string>();

  async function probe(id: string, inputs: ChatProbeInputs): Promise<ChatProbeState> {
    const say = sayAs(context, `chat-probe ${inputs.deploymentName}`);
    try {
      const dataPlane = await dataPlaneForWriting(context, inputs, say);
      const options = { clock: context.clock, say, stopIfOrphaned: () => context.stopIfOrphaned() };
      const { answer, model, latencyMs, promptTokens, completionTokens } = await probeDeployment(
        dataPlane,
        inputs,
        options,
      );
      say(`responded in ${latencyMs} ms (${promptTokens} + ${completionTokens} tokens)`);
      // The engine prints the lines of an output that changes as they are.
      const figures = {
        answer: printable(answer),
        answeredBy: printable(model),
        latencyMs,
        promptTokens,
        completionTokens,
      };
      return toState({ ...inputs, stateVersion: 1 as const, ...figures });
    } catch (error) {
      throw new PartialFailure(messageOf(error), id, inputs, { stateVersion: 1 });
    }
  }

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    // The deployment itself is azure-native's, whose check can't ask.
    check: async (olds: Partial<ChatProbeInputs> | undefined, news) => {
      context.liveIds.sawProgram();
      // Without a probe there was no deployment to be paid for.
      const isNew = Object.keys(olds ?? {}).length === 0;
      const objections = isNew ? context.plan.objections.hosts(news.trainingKey) : [];
      const taken = isComing(olds, news) ? await nameTaken(context, news) : undefined;
      const reasons = taken === undefined ? objections : [...objections, taken];
      return { inputs: news, failures: reasons.map((reason) => ({ property: "deploymentName", reason })) };
    },

    diff: (_id, olds, news) => {
      const notice = switchNotice(olds, news);
      // The engine may compare twice in one run.
      if (notice && !noticed.has(notice)) context.print(`[deployment] ${notice}`);
      if (notice) noticed.add(notice);
      // There is nothing remote to replace: another account or deployment is simply asked.
      // What a destroy reads from the state is stored; that alone asks nothing.
      const changes = asksAgain(olds, news) || jobsDiffer(olds, news) || olds.project !== news.project;
      if (changes && !context.liveIds.destroying) context.plan.askedAnew.add(olds.deploymentName);
      return Promise.resolve({ changes, replaces: [] });
    },

    create: async (inputs) => {
      const id = `${inputs.deploymentName}-probe`;
      return { id, outs: await probe(id, inputs) };
    },

    update: async (id, olds, news) => ({ outs: asksAgain(olds, news) ? await probe(id, news) : kept(olds, news) }),

    read: async (id, props) => {
      const state = props as ChatProbeState;
      return (await dataPlaneIfAny(context, state.accountId)) ? { id, props: state } : {};
    },

    // A destroy deletes the probe before all that it depends on, so this stops it while everything is still there. Nothing else can say it of
    // projects: azure-native's account and project have no handler here, and only this state names the stack's own project. Without a
    // deployment there is no probe; then the register of versions is deleted first, and says the same.
    delete: async (_id, state) => {
      await refuseForeignDeployments(context, state, state);
      await refuseForeignProjects(context, state, state.project);
      await refusePromotedAccount(context, state);
      await refuseRemovedModel(context, state);
    },
  } satisfies Handler<ChatProbeInputs, ChatProbeState>;
}

function asksAgain(olds: ChatProbeState, news: ChatProbeInputs): boolean {
  return (
    !sameAccount(olds.accountId, news.accountId) ||
    ASKED.some((name) => olds[name] !== news[name] && !(name === "deployedAt" && isUpdated(news))) ||
    // A refresh clears the mark of a probe that failed; the answer that is missing doesn't appear on its own.
    olds.answer === undefined
  );
}

/** States of earlier releases have no list: it comes with the next answer, and until then nothing changes for them. */
function jobsDiffer({ destroyedJobs: before }: ChatProbeState, { destroyedJobs: now }: ChatProbeInputs): boolean {
  return before !== undefined && (hasUnknown(now) || !sameJson(before, now));
}

/** The answer stays where nothing that was asked has changed. */
function kept(olds: ChatProbeState, inputs: ChatProbeInputs): ChatProbeState {
  const { stateVersion, answer, answeredBy, latencyMs, promptTokens, completionTokens } = olds;
  return toState({ ...inputs, stateVersion, answer, answeredBy, latencyMs, promptTokens, completionTokens });
}

/**
 * Whether this is the preview of a deployment that is created under another name; under recreate the preflight asks, and in an account of others the
 * deployment itself. In an `up` it is there by now.
 */
function isComing(olds: Partial<ChatProbeInputs> | undefined, news: ChatProbeInputs): boolean {
  return (
    news.owner === undefined &&
    news.switch !== "recreate" &&
    isUnknown(news.deploymentId) &&
    olds?.deploymentName !== news.deploymentName
  );
}

/** At preview an update makes every output of the deployment unknown but its id, and its time of creation stays. */
function isUpdated({ deployedAt, deploymentId }: ChatProbeInputs): boolean {
  return isUnknown(deployedAt) && deploymentId !== undefined && !isUnknown(deploymentId);
}

export const handler = chatProbeHandler(providerProcess);
