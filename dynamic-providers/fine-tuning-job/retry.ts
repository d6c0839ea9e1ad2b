import { isTerminal } from "../../azure-openai/remote-jobs";
import type { Context } from "../runtime/context";
import { dataPlaneIfAny } from "../runtime/data-plane";
import { lookUpJob } from "./look-up-job";
import { readJob } from "./read-job";
import type { FineTuningJobInputs, FineTuningJobState } from "./schema";

/**
 * What a raised `retry` means: a new job where the old one failed, was cancelled, or is gone together with its model; nothing for one that
 * succeeded; for one that has not ended yet it is recorded, so that it doesn't start a job later that nobody asked for then.
 */
export async function retryOf(context: Context, olds: FineTuningJobState): Promise<"new job" | "recorded" | "none"> {
  if (olds.record === "lost") return "new job";
  const dataPlane = await dataPlaneIfAny(context, olds.accountId);
  if (!dataPlane) return "recorded";
  const job = await lookUpJob(dataPlane, olds.jobId);
  if (!job) return (await readJob(context, dataPlane, olds)).record === "lost" ? "new job" : "none";
  if (!isTerminal(job.status)) return "recorded";
  return job.status === "succeeded" ? "none" : "new job";
}

/** What to tell of a `retry` below the one that the job was made or recorded with; `undefined` where it isn't lowered. */
export function retryLowered(olds: FineTuningJobState, news: FineTuningJobInputs): string | undefined {
  const [used, wanted] = [olds.retry ?? 0, news.retry ?? 0];
  if (wanted >= used) return undefined;
  return `training.retry was lowered from ${used} to ${wanted}, which changes nothing: to train again after a job that did not succeed, raise it above ${used}`;
}

/** The highest `retry` so far: a value that was used stays used, though another setting is recorded while it is lowered. */
export function usedRetry(olds: FineTuningJobState, news: FineTuningJobInputs): number | undefined {
  return olds.retry === undefined ? news.retry : Math.max(olds.retry, news.retry ?? 0);
}
