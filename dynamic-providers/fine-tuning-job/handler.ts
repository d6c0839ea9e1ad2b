import { messageOf } from "../../azure-openai/message-of";
import type { DataPlane } from "../../azure-openai/data-plane";
import { isTerminal, type RemoteJob } from "../../azure-openai/remote-jobs";
import { accountReplaces } from "../runtime/account-identity";
import { TemporaryDeployments } from "../evaluation/temporary-deployment";
import { providerProcess, type Context } from "../runtime/context";
import { dataPlaneForWriting, dataPlaneIfAny } from "../runtime/data-plane";
import { refuseForeignDeployments } from "../runtime/foreign-deployments";
import type { Handler } from "../runtime/handler";
import { PartialFailure } from "../runtime/partial-failure";
import { modelNamed } from "../runtime/resource-types";
import { costKey, type JobPlan } from "../runtime/run-plan";
import { sayAs } from "../runtime/say";
import { toState } from "../runtime/to-state";
import { hasUnknown, isUnknown, UNKNOWN } from "../runtime/unknown";
import { checkArguments } from "./check-arguments";
import { ownJobs } from "./choose-job";
import { diffJob, pauseChanges, submittedOnlyChanges } from "./diff-job";
import { adoptExistingJob } from "./existing-job";
import { GraderTrials } from "./grader-trial/grader-trials";
import { jobDeployments } from "./job-deployments";
import { jobRequest } from "./job-request";
import { JobsThere } from "./jobs-there";
import { keyedModel } from "./keyed-model";
import { marker, suffix } from "./marker";
import { carryOutPause, isPaused } from "./pause-job";
import { planForJob } from "./plan-job";
import { preflight, preflightObjections } from "./preflight";
import { readJob } from "./read-job";
import { withChoices } from "./refused-model";
import { removeJob } from "./remove-job";
import { deploymentObjections, grows } from "./require-deployments";
import { retryLowered, retryOf, usedRetry } from "./retry";
import type { FineTuningJobArgs, FineTuningJobInputs, FineTuningJobState } from "./schema";
import { submitOnce } from "./submit-once";
import { trainingKey } from "./training-key";

export function fineTuningJobHandler(context: Context) {
  const sayFor = (name: string) => sayAs(context, `fine-tuning-job ${name}`);
  const jobsThere = new JobsThere(context);
  const trials = new GraderTrials(context);
  /** @returns what speaks against it, where it is paid for */
  const planned = async (inputs: FineTuningJobInputs, plan: JobPlan) => {
    const { marker, logicalName } = inputs;
    // As right before the job is paid: the account takes one more, and there is room for the deployments that follow.
    if (plan.does === "train" || plan.does === "train again") {
      const training = await preflightObjections(context, inputs, sayFor(inputs.suffix));
      context.plan.objections.against(costKey(inputs, logicalName), { training, hosting: [] }, "room");
      const grading = await trials.objections(inputs, sayFor(inputs.suffix));
      context.plan.objections.against(costKey(inputs, logicalName), { training: grading, hosting: [] }, "grader");
    }
    const moved = context.plan.accounts.isMoved(inputs);
    return context.plan.job(marker, costKey(inputs, logicalName), plan, modelNamed(logicalName), moved);
  };

  /** A deployment that stays, and is to be of another type or size: there is no other job whose plan would look for room. */
  const roomLost = async (olds: FineTuningJobInputs | undefined, news: FineTuningJobArgs) => {
    const [before, after] = [olds?.deployment, news.deployment];
    if (!before || !after || hasUnknown(after)) return [];
    const { baseModel } = after;
    if (!grows(before, after) && !(baseModel && grows(before.baseModel, baseModel))) return [];
    const reasons = await deploymentObjections(context, news, sayFor(news.logicalName), before);
    return reasons.map((reason) => ({ property: "deployment", reason }));
  };

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: async (olds: FineTuningJobInputs | undefined, news) => {
      context.liveIds.sawProgram();
      const inputs: FineTuningJobInputs = { ...news, ...computeKeys(news, olds) };
      const failures = [...checkArguments(news), ...(await roomLost(olds, news))];
      context.plan.objections.makes(costKey(news, news.logicalName), inputs.trainingKey);
      // Without old inputs it is a new resource, and with another account it is made as one: no diff will follow that could say so.
      const { accounts } = context.plan;
      const isNew =
        !hasInputs(olds) ||
        (accounts.isLeft(olds.accountId, news.logicalName) && accountReplaces(olds, news).length > 0);
      if (failures.length > 0 || !isNew) return { inputs, failures };
      const { job, refused } = await jobsThere.look(inputs);
      if (refused !== undefined) return { inputs, failures: [{ property: "existingJobId", reason: refused }] };
      const named = news.existingJobId;
      const plan: JobPlan = named === undefined ? { does: "train" } : { does: "take over", jobId: named };
      const objections = await planned(inputs, await jobsThere.considered(plan, inputs));
      if (job) context.plan.jobThere(job.id);
      return {
        inputs: job ? { ...inputs, jobId: job.id, takesOver: { jobId: job.id, status: job.status } } : inputs,
        failures: objections.map((reason) => ({ property: "model", reason })),
      };
    },

    diff: async (_id, olds, news) => {
      const { replaces, updates, retryRaised } = diffJob(olds, news);
      // A preview looks at the service only where its plan depends on it: after retry was raised (did the job fail?), and below.
      if (retryRaised && replaces.length === 0) {
        const retry = await retryOf(context, olds);
        if (retry === "new job") replaces.push("retry");
        // Nothing to record either: an update, even one that does nothing, makes the job's outputs unknown at preview.
        if (retry === "none") {
          updates.splice(updates.indexOf("retry"), 1);
          sayFor(olds.jobId)(`training.retry ${news.retry} starts no new job, because the last one succeeded`);
        }
      }
      const lowered = retryLowered(olds, news);
      if (lowered !== undefined && replaces.length === 0 && !context.liveIds.destroying) sayFor(olds.jobId)(lowered);
      if (replaces.length === 0) context.liveIds.keep(olds.jobId);
      // A refresh compares too, but plans nothing. Of a job that moves to another account the check that follows says it: the engine's look at
      // what depends on an account that it replaces comes with the values of the state.
      const moves = accountReplaces(olds, news).length > 0;
      if (moves && !context.liveIds.destroying) context.plan.accounts.moves(news.logicalName);
      if (!moves && !context.liveIds.destroying && !isUnknown(news.marker)) {
        const status = replaces.length > 0 ? await jobsThere.statusOf(olds.jobId, news) : undefined;
        const plan = await jobsThere.considered(planForJob(olds, news, replaces, context.plan, status), news);
        if (replaces.length > 0) leave(context, olds, plan);
        const objections = await planned(news, plan);
        if (objections.length > 0) throw new Error(objections.join("\n"));
      }
      const changes = replaces.length > 0 || updates.length > 0 || olds.record === "lost";
      if (!changes) context.plan.jobThere(olds.jobId);
      return { changes, replaces };
    },

    create: async (inputs) => {
      const say = sayFor(inputs.suffix);
      const dataPlane = await dataPlaneForWriting(context, inputs, say);
      const adopted = inputs.existingJobId !== undefined;
      // Before the first submission alone: after a lost answer the job may be there, and paid.
      let preflown: Promise<void> | undefined;
      const all = async () => {
        await preflight(context, dataPlane, inputs, say);
        await trials.require(dataPlane, inputs, say);
      };
      const checked = () => (preflown ??= all());
      const job = adopted
        ? await adoptExistingJob(dataPlane, inputs, say)
        : await submitOnce({
            queue: {
              list: () => dataPlane.jobs.list(),
              create: () =>
                dataPlane.jobs
                  .create(jobRequest(inputs), () => context.stopIfOrphaned())
                  .catch((error: unknown) => {
                    throw withChoices(error, inputs.model, context.clock.now());
                  }),
              cancel: (id) => dataPlane.jobs.cancel(id),
              serviceNow: () => dataPlane.time.now(),
            },
            owner: inputs,
            clock: context.clock,
            say,
            beforePaidRequest: async () => {
              await checked();
              await context.stopIfOrphaned();
            },
          });
      context.liveIds.use(job.id);
      if (inputs.paused && !isPaused(job) && !isTerminal(job.status))
        say("cannot be paused yet: only a running job can be paused; the next `up` will pause it");
      return { id: job.id, outs: newState(inputs, job, adopted) };
    },

    update: async (id, olds, news) => {
      const say = sayFor(olds.jobId);
      context.liveIds.use(olds.jobId);
      if (olds.record === "lost") {
        throw new Error(
          `The job ${olds.jobId} and its model were deleted outside this stack. Raise \`training.retry\` to train again (a new paid job), or remove the model from the stack.`,
        );
      }
      const kept: FineTuningJobState = {
        ...{ ...olds, ...news },
        ...{ marker: olds.marker, suffix: olds.suffix, retry: usedRetry(olds, news) },
      };
      const recorded = submittedOnlyChanges(olds, news);
      if (recorded.length > 0)
        say(`${recorded.join(", ")}: applied only at submission; ${olds.jobId} keeps its current values`);
      if (!pauseChanges(olds, news)) return { outs: toState(kept) };
      try {
        const dataPlane = await dataPlaneForWriting(context, news, say);
        return { outs: toState({ ...kept, ...(await carryOutPause(dataPlane, olds, news, say)) }) };
      } catch (error) {
        // What was carried out stays in the state, so that the next `up` tries again.
        throw new PartialFailure(messageOf(error), id, { ...kept, paused: olds.paused }, {});
      }
    },

    read: async (id, props) => {
      const state = props as FineTuningJobState;
      const dataPlane = await dataPlaneIfAny(context, state.accountId);
      return dataPlane ? { id, props: toState(await readJob(context, dataPlane, state)) } : {};
    },

    delete: async (_id, state) => {
      const say = sayFor(state.jobId);
      await refuseForeignDeployments(context, state);
      // What an evaluation has left that was interrupted before its own resource was in the state.
      const owner = { ...state, job: state.logicalName };
      if (context.liveIds.destroying) await new TemporaryDeployments(context, state.accountId, owner, say).sweep();
      const kept = whyKept(context, state);
      if (kept) {
        if (!isInRegister(context, state)) context.kept.push(`job ${state.jobId} and its model (${kept})`);
        return say(`kept with its model: ${kept}`);
      }
      const dataPlane = await dataPlaneIfAny(context, state.accountId);
      if (!dataPlane) return;
      const deployments = () => jobDeployments(context, state.accountId, state.jobId);
      const options = { clock: context.clock, say, deployments, stopIfOrphaned: () => context.stopIfOrphaned() };
      await removeJob(dataPlane, state.jobId, options);
      // Rivals that lost against this job were cancelled, and have no resource of their own that would remove them.
      for (const rival of ownJobs(await dataPlane.jobs.list(), state)) {
        if (rival.status === "cancelled" && !context.liveIds.has(rival.id))
          await removeJob(dataPlane, rival.id, options);
      }
      await reportModel(context, dataPlane, state.jobId, say);
    },
  } satisfies Handler<FineTuningJobInputs, FineTuningJobState>;
}

/** Without old inputs the engine checks a resource as a new one. */
function hasInputs(olds: FineTuningJobInputs | undefined): olds is FineTuningJobInputs {
  return Object.keys(olds ?? {}).length > 0;
}

function computeKeys(
  args: FineTuningJobArgs,
  olds: FineTuningJobInputs | undefined,
): Pick<FineTuningJobInputs, "trainingKey" | "marker" | "suffix"> {
  const { model, method, hyperparameters, grader, responseFormat, seed, trainingType, extraBody } = args;
  const { trainingSha256, validationSha256, project, stack, logicalName } = args;
  const deciding = { model, method, hyperparameters, grader, responseFormat, seed, trainingType, extraBody };
  const content = { ...deciding, trainingSha256, validationSha256 };
  if (hasUnknown(content)) return { trainingKey: UNKNOWN, marker: UNKNOWN, suffix: UNKNOWN };
  const key = trainingKey({ ...content, model: keyedModel(olds, content) });
  const owner = marker({ trainingKey: key, project, stack, logicalName });
  return { trainingKey: key, marker: owner, suffix: suffix(args.suffixBase, owner) };
}

function newState(inputs: FineTuningJobInputs, job: RemoteJob, adopted: boolean): FineTuningJobState {
  return toState({
    ...inputs,
    takesOver: undefined,
    stateVersion: 1 as const,
    jobId: job.id,
    status: job.status,
    createdAt: job.created_at,
    adopted,
    record: "present" as const,
    // A job that is to be paused and is not yet: the next `up` pauses it. One that is paused though nobody asked for it stays so.
    paused: isTerminal(job.status) ? inputs.paused : (inputs.paused ?? false) && isPaused(job),
    pausedByStack: !isTerminal(job.status) && (inputs.paused ?? false) && isPaused(job),
    fineTunedModel: job.fine_tuned_model ?? undefined,
  });
}

/** Tells the register which job goes with its resource, and what it was trained from. */
function leave(context: Context, olds: FineTuningJobState, plan: JobPlan): void {
  const { jobId, logicalName: job, trainingKey, model: base, trainingSha256, validationSha256, adopted } = olds;
  context.register.replace({ job, jobId, trainingKey, base, trainingSha256, validationSha256, adopted });
  if ("oldModel" in plan && plan.oldModel === undefined) context.register.leave(job, jobId);
}

/** Whether a run in use keeps the job, which is no matter of a setting that outlives it. */
function isInRegister(context: Context, { jobId }: FineTuningJobState): boolean {
  return context.liveIds.has(jobId) || context.register.versionOf(jobId) !== undefined;
}

/** Why a delete leaves the job alone, or `undefined`. */
function whyKept(context: Context, state: FineTuningJobState): string | undefined {
  if (context.liveIds.has(state.jobId)) return "it is in use again";
  if (state.adopted && state.retain?.adopted !== false) return "it was adopted through existingJobId";
  if (state.retain?.model) return "retain.model is set";
  return keptByRegister(context, state);
}

/** A run that leaves the register out (`--target`) has not asked it, so nothing that it may keep is deleted. */
function keptByRegister({ register, liveIds }: Context, state: FineTuningJobState): string | undefined {
  if (liveIds.destroying) return undefined;
  const version = register.versionOf(state.jobId);
  if (version !== undefined) return `it is version ${version} of the stack`;
  return state.register && !register.hasDecided(state.logicalName)
    ? "this run does not include the stack's version register"
    : undefined;
}

/** Deleting the job's record deletes its model; where a model is left anyway, the end of a destroy says so. */
async function reportModel(
  context: Context,
  dataPlane: DataPlane,
  jobId: string,
  say: (line: string) => void,
): Promise<void> {
  for (const model of await dataPlane.models.madeBy(jobId)) {
    say(`the model ${model} still exists; it costs nothing unless it is deployed`);
    context.leftBehind.push(`model ${model}`);
  }
}

export const handler = fineTuningJobHandler(providerProcess);
