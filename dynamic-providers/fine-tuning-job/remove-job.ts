import { backoffDelay, type Backoff } from "../../azure-openai/backoff";
import { ticks, type Clock } from "../../azure-openai/clock";
import type { DataPlane } from "../../azure-openai/data-plane";
import { duration } from "../../format/duration";
import { AzureFailure, isNotFound } from "../../azure-openai/failure";
import { pollDelay, type PollPlan } from "../../azure-openai/poll-plan";
import { isTerminal, type RemoteJob } from "../../azure-openai/remote-jobs";
import type { Say } from "../runtime/say";
import { lookUpJob } from "./look-up-job";

/** A cancelled job ends within seconds on record; a job that saves a checkpoint first may take minutes. */
const CANCEL_DEADLINE_MS = 15 * 60_000;
const CANCEL_PLAN: PollPlan = { first: 1_000, share: 0.1, cap: 10_000 };
/** Between two lines about it. */
const CANCEL_TOLD_MS = 20_000;

/** A deployment that was just deleted may hold its model a little longer. */
const RELEASE: Backoff = { first: 2_000, cap: 15_000 };
const RELEASE_ATTEMPTS = 12;

export interface RemoveOptions {
  clock: Clock;
  say: Say;
  /** Names of the deployments that still serve the job's model. */
  deployments: () => Promise<string[]>;
  /** Ends the process when nobody waits for the removal any more: the next run may need the job again. */
  stopIfOrphaned: () => Promise<void>;
}

/**
 * Removes a job with its model and its result files: cancels it when it runs, waits until it has ended, then deletes. Each step takes
 * 404 for done, so that it can be repeated after any interruption.
 *
 * @throws AzureFailure; Error when a deployment still serves the model
 */
export async function removeJob(dataPlane: DataPlane, jobId: string, options: RemoveOptions): Promise<void> {
  const { say } = options;
  await waitUndeployed(jobId, options);
  const job = await lookUpJob(dataPlane, jobId);
  if (!job) return say(`${jobId} was already deleted`);
  const ended = isTerminal(job.status) ? job : await cancelAndWait(dataPlane, job, options);
  // Before the record, which alone knows their ids: a run that is interrupted in between must find them again.
  for (const fileId of ended?.result_files ?? []) await ignoreMissing(dataPlane.files.delete(fileId));
  await deleteRecord(dataPlane, jobId, options);
}

async function waitUndeployed(jobId: string, options: RemoveOptions): Promise<void> {
  const { clock, say, deployments, stopIfOrphaned } = options;
  for (let attempt = 0; ; attempt++) {
    await stopIfOrphaned();
    const names = await deployments();
    if (names.length === 0) return;
    if (attempt === RELEASE_ATTEMPTS) {
      throw new Error(
        `The model of ${jobId} is still deployed as ${names.join(", ")}: delete ${names.length === 1 ? "that deployment" : "those deployments"} first, or keep the model with \`retain\`.`,
      );
    }
    if (attempt === 0) {
      say.status(
        `waiting for the deployment ${names.join(", ")} to release the model · the model will then be deleted`,
      );
    }
    await clock.sleep(backoffDelay(RELEASE, attempt));
  }
}

/** Returns the job as it ended; `undefined` when it vanished in the meantime. */
async function cancelAndWait(
  dataPlane: DataPlane,
  job: RemoteJob,
  { clock, say, stopIfOrphaned }: RemoveOptions,
): Promise<RemoteJob | undefined> {
  say(`cancelling ${job.id} (${job.status})`);
  const started = ticks(clock);
  let toldAt = started;
  let asked = false;
  for (;;) {
    await stopIfOrphaned();
    if (!asked) {
      // It may end, or be cancelled by somebody else, just now: the look below tells.
      asked = await dataPlane.jobs.cancel(job.id).then(
        () => true,
        (error: unknown) => {
          if (error instanceof AzureFailure && [400, 404, 409].includes(error.status ?? 0)) return false;
          throw error;
        },
      );
    }
    const seen = await lookUpJob(dataPlane, job.id);
    if (!seen || isTerminal(seen.status)) return seen;
    const elapsed = ticks(clock) - started;
    if (elapsed > CANCEL_DEADLINE_MS) {
      throw new Error(
        `Cancellation of ${job.id} was requested, but it is still ${seen.status} after ${CANCEL_DEADLINE_MS / 60_000} minutes. Run the command again.`,
      );
    }
    if (ticks(clock) - toldAt >= CANCEL_TOLD_MS) {
      toldAt = ticks(clock);
      say.status(
        `${seen.status} ${duration(elapsed)} · ${job.id} is being cancelled; it will then be deleted with its model`,
      );
    }
    await clock.sleep(pollDelay(CANCEL_PLAN, elapsed));
  }
}

async function deleteRecord(
  dataPlane: DataPlane,
  jobId: string,
  { clock, stopIfOrphaned }: RemoveOptions,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    await stopIfOrphaned();
    try {
      return await ignoreMissing(dataPlane.jobs.delete(jobId));
    } catch (error) {
      const conflict = error instanceof AzureFailure && error.status === 409;
      if (!conflict || attempt === RELEASE_ATTEMPTS) throw error;
      await clock.sleep(backoffDelay(RELEASE, attempt, error.retryAfterMs));
    }
  }
}

async function ignoreMissing(request: Promise<unknown>): Promise<void> {
  await request.catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}
