import type { DataPlane } from "../../azure-openai/data-plane";
import { isTerminal, type RemoteJob } from "../../azure-openai/remote-jobs";
import { accountReplaces } from "../account-identity";
import { providerProcess, type Context } from "../context";
import { dataPlaneForWriting, dataPlaneIfAny } from "../data-plane";
import { lookUpJob } from "../fine-tuning-job/look-up-job";
import type { Handler } from "../handler";
import { PartialFailure } from "../partial-failure";
import { toState } from "../to-state";
import { isUnknown } from "../unknown";
import { chooseCheckpoint } from "./choose-checkpoint";
import { collectResults } from "./collect-results";
import { refuseForeignDeployments } from "./foreign-deployments";
import { gateFailures } from "./gate";
import type { TrainedModelInputs, TrainedModelState } from "./schema";
import { firstLine, waitForJob } from "./wait-for-job";

export function trainedModelHandler(context: Context) {
  /** Waits for the job and reads what it produced. @throws PartialFailure whenever there is no model to deploy yet */
  async function train(inputs: TrainedModelInputs): Promise<TrainedModelState> {
    const { jobId } = inputs;
    const say = (line: string) => context.print(`[trained-model ${jobId}] ${line}`);
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
        if (!inputs.wait) throw unfinished(`submitted ${jobId}; run again to continue`);
        say(firstLine(jobId, inputs.waitMinutes));
        const { reason, job } = await waitForJob(dataPlane, jobId, waitOptions(context, inputs, say));
        seen = job ?? seen;
        if (reason === "deadline") throw unfinished(deadlineSentence(inputs, seen.status));
        if (reason === "paused") throw unfinished(pausedSentence(jobId));
      }
      if (seen.status !== "succeeded") throw unfinished(endSentence(seen));
      return await finish(dataPlane, inputs, seen, say);
    } catch (error) {
      if (error instanceof PartialFailure) throw error;
      throw unfinished(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: (_olds, news) => {
      context.liveIds.sawProgram();
      return Promise.resolve({ inputs: news, failures: [] });
    },

    diff: (_id, olds, news) => {
      context.liveIds.sawProgram();
      const replaces: string[] = accountReplaces(olds, news);
      if (jobReplaced(olds, news)) replaces.push("jobId");
      const changed =
        news.checkpoint !== olds.checkpoint ||
        news.gate?.maxValidationLoss !== olds.gate?.maxValidationLoss ||
        news.gate?.minTokenAccuracy !== olds.gate?.minTokenAccuracy ||
        (news.retry ?? 0) > (olds.retry ?? 0);
      // A refresh clears the mark of a partial failure; a model that is missing doesn't come by itself.
      const unfinished = !olds.fineTunedModel;
      return Promise.resolve({ changes: replaces.length > 0 || changed || unfinished, replaces });
    },

    create: async (inputs) => ({ id: inputs.jobId, outs: await train(inputs) }),

    update: async (_id, _olds, news) => ({ outs: await train(news) }),

    read: async (id, props) => {
      const state = props as TrainedModelState;
      const dataPlane = await dataPlaneIfAny(context, state.accountId);
      if (!dataPlane) return {};
      // The model is this resource; whether the job's record is still there is the job's business.
      if (state.fineTunedModel) return { id, props: state };
      const job = await lookUpJob(dataPlane, state.jobId);
      return { id, props: toState({ ...state, status: job?.status ?? state.status }) };
    },

    delete: async (_id, state) => {
      if (context.liveIds.destroying) await refuseForeignDeployments(context, state.accountId);
    },
  } satisfies Handler<TrainedModelInputs, TrainedModelState>;
}

function waitOptions(context: Context, inputs: TrainedModelInputs, say: (line: string) => void) {
  return {
    clock: context.clock,
    waitMinutes: inputs.waitMinutes,
    examples: inputs.trainingExamples,
    say,
    stopIfOrphaned: () => context.stopIfOrphaned(),
  };
}

/** At preview the id of a job that is only updated is unknown too; an equal trainingKey tells that it stays, unless another is adopted. */
function jobReplaced(olds: TrainedModelState, news: TrainedModelInputs): boolean {
  if (!isUnknown(news.jobId)) return news.jobId !== olds.jobId;
  if (news.existingJobId !== undefined && news.existingJobId !== olds.jobId) return true;
  return news.trainingKey === undefined || news.trainingKey !== olds.trainingKey;
}

async function finish(
  dataPlane: DataPlane,
  inputs: TrainedModelInputs,
  job: RemoteJob,
  say: (line: string) => void,
): Promise<TrainedModelState> {
  const model = job.fine_tuned_model;
  if (!model) throw new Error(`${job.id} succeeded, but the service names no model yet; run \`pulumi up\` again.`);
  const results = await collectResults(dataPlane, job);
  const chosen = chooseCheckpoint(inputs.checkpoint, model, results.final, results.checkpoints);
  const failures = gateFailures(inputs.gate, chosen.metrics);
  if (failures.length > 0) {
    throw new Error(
      `${chosen.name} is not deployed: ${failures.join("; ")}. What was deployed before stays. Change the training or \`deploy.gate\`.`,
    );
  }
  say(`succeeded: ${chosen.name}${job.trained_tokens ? `, ${job.trained_tokens} tokens trained` : ""}`);
  for (const warning of results.warnings) say(`warning: ${warning}`);
  return toState({ ...inputs, stateVersion: 1 as const, ...results, fineTunedModel: chosen.name });
}

function deadlineSentence({ jobId, waitMinutes }: TrainedModelInputs, status: string): string {
  return `${jobId} is still ${status} after ${waitMinutes} minutes (training.waitMinutes). The job goes on: run \`pulumi up\` again to go on waiting.`;
}

function pausedSentence(jobId: string): string {
  return `${jobId} is paused. Set \`training.paused\` to false to resume it (or resume it in the portal), then run \`pulumi up\` again.`;
}

function endSentence(job: RemoteJob): string {
  const { code, message } = job.error ?? {};
  const reason = message ? `: ${message}${code ? ` (${code})` : ""}` : "";
  return `${job.id} ${job.status === "cancelled" ? "was cancelled" : job.status}${reason}. Change the data or the settings, or raise \`training.retry\` to train again.`;
}

export const handler = trainedModelHandler(providerProcess);
