import { messageOf } from "../../azure-openai/message-of";
import { billedInWords, eventsOfEnded } from "../../azure-openai/billed-tokens";
import { isTerminal, type RemoteJob } from "../../azure-openai/remote-jobs";
import { accountReplaces } from "../runtime/account-identity";
import { providerProcess, type Context } from "../runtime/context";
import { dataPlaneForWriting, dataPlaneIfAny } from "../runtime/data-plane";
import { canonicalJson } from "../fine-tuning-job/canonical-json";
import { lookUpJob } from "../fine-tuning-job/look-up-job";
import type { Handler } from "../runtime/handler";
import { PartialFailure } from "../runtime/partial-failure";
import { sayAs, type Say } from "../runtime/say";
import { toState } from "../runtime/to-state";
import { isUnknown } from "../runtime/unknown";
import { refuseForeignDeployments } from "../runtime/foreign-deployments";
import { continuesWithoutHelp, pausedSentence, spendingOf, standsStill } from "./paused-job";
import { graderUsageInWords } from "./grader-usage";
import { endSentence } from "./end-sentence";
import { withModelThere } from "./model-there";
import type { TrainedModelInputs, TrainedModelState } from "./schema";
import { decide, readOutcome, outcomeInState, type TrainingOutcome } from "./training-outcome";
import { firstLine, waitForJob } from "./wait-for-job";

export function trainedModelHandler(context: Context) {
  /**
   * Waits for the job, reads what it produced and chooses what is deployed.
   *
   * @param olds - the state of an update
   * @throws PartialFailure whenever there is no model to deploy (yet)
   */
  async function train(inputs: TrainedModelInputs, olds?: TrainedModelState): Promise<TrainedModelState> {
    const { jobId } = inputs;
    const say = sayAs(context, "trained-model");
    const before = outcomeInState(olds, jobId);
    const trained = before ?? (await waitForModel(inputs, say));
    try {
      const { name, refused } = decide(inputs, trained);
      tellGate(context, inputs, refused);
      const { billedTokens, billedHours, graderUsage = [], steps, warnings } = trained.results;
      const earlier = before !== undefined || inputs.existingJobId === jobId;
      say(
        earlier
          ? `takes ${name}, which is already trained`
          : `succeeded: ${name}, ${billedInWords(billedTokens, false, billedHours)}`,
      );
      for (const usage of graderUsage) say(graderUsageInWords(usage, steps));
      if (refused !== "") say(`${name} is not deployed: ${refused}`);
      for (const warning of warnings) say(`warning: ${warning}`);
      return toState({ ...inputs, stateVersion: 1 as const, ...trained.results, fineTunedModel: name });
    } catch (error) {
      const fineTunedModel = before && olds?.fineTunedModel;
      const known = { stateVersion: 1, ...trained.results, fineTunedModel, candidate: trained.model };
      throw new PartialFailure(messageOf(error), jobId, inputs, known);
    }
  }

  /** @throws PartialFailure when the job has not ended yet, or not well */
  async function waitForModel(inputs: TrainedModelInputs, say: Say): Promise<TrainingOutcome> {
    const { jobId } = inputs;
    let seen: RemoteJob | undefined;
    const unfinished = (message: string) =>
      new PartialFailure(message, jobId, inputs, {
        stateVersion: 1,
        status: seen?.status ?? "unknown",
        createdAt: seen?.created_at,
      });
    try {
      const dataPlane = await dataPlaneForWriting(context, inputs, say);
      seen = await dataPlane.jobs.get(jobId);
      if (!isTerminal(seen.status)) {
        // Only a job that is paused for good can be resumed: its pause is waited for, too, where there is a wait.
        const paused = inputs.wait ? seen.status === "paused" : standsStill(seen.status);
        if (paused && !continuesWithoutHelp(inputs)) throw unfinished(pausedSentence(inputs));
        if (!inputs.wait) throw unfinished(`submitted ${jobId}; run again to continue`);
        say.status(firstLine(jobId, inputs.waitMinutes));
        const { reason, job } = await waitForJob(dataPlane, jobId, waitOptions(context, inputs, say));
        seen = job ?? seen;
        if (reason === "deadline") throw unfinished(deadlineSentence(inputs, seen.status));
        if (reason === "paused") throw unfinished(pausedSentence(inputs));
      }
      if (seen.status !== "succeeded")
        throw unfinished(endSentence(seen, await eventsOfEnded(dataPlane.jobs, seen), context.clock.now()));
      return await readOutcome(dataPlane, seen);
    } catch (error) {
      if (error instanceof PartialFailure) throw error;
      throw unfinished(messageOf(error));
    }
  }

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: async (olds: TrainedModelInputs | undefined, news) => {
      context.liveIds.sawProgram();
      if (Object.keys(olds ?? {}).length > 0) return { inputs: news, failures: [] };
      // Without old inputs it is new, though its job may be there already: an `up` was interrupted between the two.
      const checked = await withModelThere(context, news);
      const trained = checked.failures.length > 0 || checked.inputs.fineTunedModel !== undefined;
      context.plan.model(news.jobId, trained ? undefined : `up waits for ${news.jobId}`);
      return checked;
    },

    // In a promise, since what it throws stops the preview.
    diff: (_id, olds, news) => Promise.resolve().then(() => compare(context, olds, news)),

    // The model that `check` saw is looked up again: a state without it is of a wait that is not over, or of a model
    // that the gate refused.
    create: async ({ fineTunedModel: _, ...inputs }) => ({ id: inputs.jobId, outs: await train(inputs) }),

    update: async (_id, olds, news) => ({ outs: await train(news, olds) }),

    read: async (id, props) => {
      const state = props as TrainedModelState;
      const dataPlane = await dataPlaneIfAny(context, state.accountId);
      if (!dataPlane) return {};
      // The model is this resource; whether the job's record is still there is the job's business.
      if (state.fineTunedModel) return { id, props: state };
      const job = await lookUpJob(dataPlane, state.jobId);
      return { id, props: toState({ ...state, status: job?.status ?? state.status }) };
    },

    delete: (_id, state) => refuseForeignDeployments(context, state),
  } satisfies Handler<TrainedModelInputs, TrainedModelState>;
}

function compare(context: Context, olds: TrainedModelState, news: TrainedModelInputs) {
  const replaces: string[] = accountReplaces(olds, news);
  if (jobReplaced(olds, news)) replaces.push("jobId");
  if (replaces.length > 0) enter(context, olds);
  // A refresh compares too, but plans nothing, and no gate stops it.
  const stays = replaces.length === 0 && !context.liveIds.destroying;
  // A refresh clears the mark of a partial failure; a model that is missing or refused doesn't appear on its own.
  const unfinished = !olds.fineTunedModel || olds.candidate !== undefined;
  if (stays) context.plan.model(olds.jobId, unfinished ? whatUpDoes(olds, news) : undefined);
  const trained = stays && news.pinned ? outcomeInState(olds, olds.jobId) : undefined;
  if (trained) tellGate(context, news, decide(news, trained).refused);
  const changed = (stays && otherModel(olds, news)) || unfinished || retriesUnknownJob(olds, news);
  return { changes: replaces.length > 0 || changed, replaces };
}

/** For the register of versions: that the model is there, and why it may not serve. */
export function tellGate({ register }: Context, { pinned, trainingKey }: TrainedModelInputs, refused: string): void {
  if (pinned && trainingKey !== undefined) register.judge(trainingKey, refused);
}

/** A model that was let through, for a register that begins in this run. */
function enter(context: Context, { jobId, fineTunedModel, candidate, checkpoint, ...olds }: TrainedModelState): void {
  if (!fineTunedModel || candidate !== undefined) return;
  const { finishedAt, trainingExamples } = olds;
  context.register.replace({ jobId, fineTunedModel, checkpoint, trainedAt: finishedAt ?? null, trainingExamples });
}

function waitOptions(context: Context, inputs: TrainedModelInputs, say: Say) {
  return {
    clock: context.clock,
    waitMinutes: inputs.waitMinutes,
    examples: inputs.trainingExamples,
    say,
    spending: spendingOf(inputs),
    stopIfOrphaned: () => context.stopIfOrphaned(),
    continuesWithoutHelp: continuesWithoutHelp(inputs),
  };
}

/**
 * Whether another checkpoint is to be deployed. Figures and checkpoints of a job that has ended are in the state, so
 * this is known at preview: a gate that the model passes, or one that is removed, changes nothing, and one that it
 * can't pass stops the preview.
 *
 * @throws Error with the figures when the model may not be deployed
 */
function otherModel(olds: TrainedModelState, news: TrainedModelInputs): boolean {
  const settings = ({ checkpoint, gate, pinned = false }: TrainedModelInputs) =>
    canonicalJson({ checkpoint, gate: gate ?? {}, pinned });
  if (olds.candidate === undefined && settings(olds) === settings(news)) return false;
  const trained = outcomeInState(olds, olds.jobId);
  if (!trained) return false;
  return decide(news, trained).name !== olds.fineTunedModel;
}

/**
 * A raised `retry` means a new job only where the old one is lost; its id is then unknown, and the training's key is
 * the same.
 */
function retriesUnknownJob(olds: TrainedModelState, news: TrainedModelInputs): boolean {
  return isUnknown(news.jobId) && (news.retry ?? 0) > (olds.retry ?? 0);
}

/**
 * At preview the id of a job that is only updated is unknown too; an equal trainingKey tells that it stays, unless
 * another is adopted, or it did not succeed and is tried again.
 */
function jobReplaced(olds: TrainedModelState, news: TrainedModelInputs): boolean {
  if (!isUnknown(news.jobId)) return news.jobId !== olds.jobId;
  if (news.existingJobId !== undefined && news.existingJobId !== olds.jobId) return true;
  if (isTerminal(olds.status) && olds.status !== "succeeded" && (news.retry ?? 0) > (olds.retry ?? 0)) return true;
  return news.trainingKey === undefined || news.trainingKey !== olds.trainingKey;
}

/**
 * In a preview an update alone doesn't tell that nothing is submitted or paid, and that a paused job is not resumed.
 */
function whatUpDoes(olds: TrainedModelState, news: TrainedModelInputs): string | undefined {
  const { jobId, status } = olds;
  if (status === "succeeded") return `${jobId} finished with status ${status}; its model isn't deployed yet`;
  if (isTerminal(status))
    return `${jobId} finished with status ${status}, so it produced no model, and up will stop with an error`;
  const stays = standsStill(status) && !continuesWithoutHelp(news) && (news.paused || !olds.paused);
  const waits = news.wait ? "only waits for it to end" : "stops if it is still running, since training.wait is false";
  const then = stays ? "does not resume it, and stops if it is still paused" : waits;
  return `${jobId} was ${status} when last seen; up ${then}`;
}

function deadlineSentence({ jobId, waitMinutes }: TrainedModelInputs, status: string): string {
  if (standsStill(status))
    return `${jobId} is still ${status} after ${waitMinutes} minutes (training.waitMinutes). If Azure preempted it, it resumes automatically: run \`pulumi up\` again to wait longer. If someone paused it in the Foundry portal, resume it there.`;
  return `${jobId} is still ${status} after ${waitMinutes} minutes (training.waitMinutes). The job is still running: run \`pulumi up\` again to keep waiting.`;
}

export const handler = trainedModelHandler(providerProcess);
