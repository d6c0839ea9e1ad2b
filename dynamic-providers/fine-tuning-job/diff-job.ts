import { isTerminal } from "../../azure-openai/remote-jobs";
import { accountReplaces } from "../runtime/account-identity";
import { isUnknown } from "../runtime/unknown";
import { canonicalJson } from "./canonical-json";
import type { FineTuningJobInputs, FineTuningJobState } from "./schema";

/** What a change of the inputs means. */
export interface JobDiff {
  /** Inputs that make it another training. */
  replaces: string[];
  /** Inputs that are recorded, or change something about the job as it is. */
  updates: string[];
  /** `training.retry` was raised: whether that means a new job depends on how this one ended. */
  retryRaised: boolean;
}

/** Recorded with the job at submission; later changes reach neither the job nor its model. */
const SUBMITTED_ONLY = ["metadata", "integrations", "suffixBase"] as const;

/**
 * Compares stored state and new inputs. New file ids with the same content, another name of the stack or of the resource, and the
 * removal of existingJobId are no change.
 */
export function diffJob(olds: FineTuningJobState, news: FineTuningJobInputs): JobDiff {
  const replaces: string[] = accountReplaces(olds, news);
  if (isUnknown(news.trainingKey) || news.trainingKey !== olds.trainingKey) replaces.push("trainingKey");
  if (news.existingJobId !== undefined && news.existingJobId !== olds.jobId) replaces.push("existingJobId");
  const retryRaised = (news.retry ?? 0) > (olds.retry ?? 0);
  const updates: string[] = [
    ...submittedOnlyChanges(olds, news),
    ...(pauseChanges(olds, news) ? ["paused"] : []),
    ...(canonicalJson(news.retain ?? {}) !== canonicalJson(olds.retain ?? {}) ? ["retain"] : []),
    ...(retryRaised ? ["retry"] : []),
  ];
  return { replaces, updates, retryRaised };
}

/**
 * Whether the job is to be paused or resumed, or an older state's record of that to be settled. What counts is what this stack did and
 * what the setting was, not what the job is: one that somebody else paused is never resumed by a run that nobody asked to.
 */
export function pauseChanges(olds: FineTuningJobState, news: FineTuningJobInputs): boolean {
  const wanted = news.paused ?? false;
  if (isTerminal(olds.status)) return wanted !== (olds.paused ?? false);
  if (wanted) return olds.pausedByStack !== true;
  return (olds.pausedByStack ?? false) || (olds.paused ?? false);
}

/** Names of the inputs that changed, but reach no job that was submitted already. */
export function submittedOnlyChanges(olds: FineTuningJobState, news: FineTuningJobInputs): string[] {
  const text = (value: unknown) => canonicalJson(value === undefined ? null : value);
  return SUBMITTED_ONLY.filter((name) => text(olds[name]) !== text(news[name]));
}
