import { messageOf } from "../../azure-openai/message-of";
import { duration } from "../../format/duration";
import { ticks, type Clock } from "../../azure-openai/clock";
import { AzureFailure } from "../../azure-openai/failure";
import type { RemoteJob } from "../../azure-openai/remote-jobs";
import { LIST_OUTAGE_MS, LOST_ANSWER_MS, SETTLE_LOOK_MS, SETTLE_MS } from "../../azure-openai/settle";
import type { Say } from "../runtime/say";
import { chooseJob, isLive, ownJobs } from "./choose-job";

/** Jobs younger than this may still be contested; generous, since a list may lag behind. */
const FRESH_MS = 5 * 60_000;

/** The operations that the submission needs. */
export interface JobQueue {
  list(): Promise<RemoteJob[]>;
  /** Submits; the paid one. */
  create(): Promise<RemoteJob>;
  cancel(id: string): Promise<unknown>;
  /** What time it is for the service, in Unix milliseconds, once it has answered. Default: this machine's time. */
  serviceNow?(): number | undefined;
}

export interface SubmitOptions {
  queue: JobQueue;
  /** Whose jobs count. */
  owner: { marker: string; model: string };
  clock: Clock;
  say: Say;
  /** Called right before the paid request; does not return when nobody waits for the result any more. */
  beforePaidRequest: () => Promise<void>;
}

/**
 * The one job of this training: an earlier one when there is one, else a new one.
 *
 * Submitters agree without talking to each other: the oldest job by (created_at, id) wins. Each submitter, after its own POST, looks at
 * the list for as long as it may lag behind; whoever sees an older job cancels its own and takes that one. Jobs cost nothing while
 * they wait in the queue, and cancelling takes one request.
 *
 * @throws AzureFailure when the service refuses the job, or when it is still unclear whether it was submitted: after two attempts, or
 * after one where the list can't be read
 */
export async function submitOnce(options: SubmitOptions): Promise<RemoteJob> {
  const { queue, owner, clock, say } = options;
  const before = ownJobs(await queue.list(), owner);
  const earlier = chooseJob(before);
  if (earlier) {
    say(`found the job ${earlier.id} (${earlier.status}) for the same training; not submitting another`);
    const now = queue.serviceNow?.() ?? clock.now();
    const contested = isLive(earlier) && Math.abs(now - earlier.created_at * 1000) < FRESH_MS;
    return contested ? settle(options, earlier, SETTLE_MS) : earlier;
  }
  const { job, settleMs } = await submit(options, before);
  say(`submitted ${job.id}`);
  return settle(options, job, settleMs);
}

/**
 * Submits; after a lost answer looks for the job, and submits a second time only when the list shows that it did not appear.
 * @param before - the ended jobs of this training that were there already
 */
async function submit(options: SubmitOptions, before: RemoteJob[]): Promise<{ job: RemoteJob; settleMs: number }> {
  const { queue, say, beforePaidRequest } = options;
  for (let attempt = 1; ; attempt++) {
    await beforePaidRequest();
    try {
      const job = await queue.create();
      return { job, settleMs: attempt === 1 ? SETTLE_MS : LOST_ANSWER_MS };
    } catch (error) {
      if (!(error instanceof AzureFailure) || !error.ambiguous) throw error;
      say(`the response to the submission was lost; looking for the job for up to ${LOST_ANSWER_MS / 1000} s`);
      const { job, listed } = await lookFor(options, before);
      if (job) return { job, settleMs: SETTLE_MS };
      if (attempt === 2 || !listed) throw unclear(error);
    }
  }
}

function unclear(error: AzureFailure): AzureFailure {
  return new AzureFailure(
    `${error.message} It is unclear whether the job was submitted; run \`pulumi up\` again: it looks for the job before submitting one.`,
    { status: error.status, code: error.code },
  );
}

/** Looks for the job of a lost answer until it must have shown. `listed`: whether the last look saw the list at all. */
async function lookFor(
  { queue, owner, clock }: SubmitOptions,
  before: RemoteJob[],
): Promise<{ job?: RemoteJob; listed: boolean }> {
  const until = ticks(clock) + LOST_ANSWER_MS;
  const known = new Set(before.map(({ id }) => id));
  for (;;) {
    const own = await ownJobsIfListed(queue, owner);
    // One that failed at once (its validation) is the answer too: another submission would only fail the same way.
    const job = own && (chooseJob(own) ?? own.find(({ id, status }) => status === "failed" && !known.has(id)));
    if (job || isOver(ticks(clock), until, own)) return { job, listed: own !== undefined };
    await clock.sleep(SETTLE_LOOK_MS);
  }
}

/** The jobs of this training, or `undefined` when the list can't be read: that is a look less, and no proof that there is none. */
function ownJobsIfListed(queue: JobQueue, owner: SubmitOptions["owner"]): Promise<RemoteJob[] | undefined> {
  return queue.list().then(
    (jobs) => ownJobs(jobs, owner),
    () => undefined,
  );
}

function isOver(now: number, until: number, listed: RemoteJob[] | undefined): boolean {
  return now >= until && (listed !== undefined || now >= until + LIST_OUTAGE_MS);
}

/**
 * Waits until every older job must have shown in the list, then returns the one that counts and cancels the others that bear the same
 * marker. A list that can't be read is waited for, but the job's id must not be lost to it.
 */
async function settle(options: SubmitOptions, mine: RemoteJob, settleMs: number): Promise<RemoteJob> {
  const { queue, owner, clock, say } = options;
  // created_at has whole seconds: a rival of the same second may have been submitted almost a second later.
  const until = ticks(clock) + settleMs + 1_000;
  const cancelled = new Set<string>();
  say.status(`waiting ${duration(settleMs)} · making sure that no other run submitted the same training`);
  for (;;) {
    const found = await ownJobsIfListed(queue, owner);
    const listed = found ?? [];
    const own = listed.some((job) => job.id === mine.id) ? listed : ownJobs([...listed, mine], owner);
    const chosen = chooseJob(own.filter((job) => !cancelled.has(job.id))) ?? mine;
    const done = isOver(ticks(clock), until, found);
    // The winner clears the others away only when it is sure; a loser its own at once, before it can start.
    const surplus = own.filter((job) => isLive(job) && job.id !== chosen.id && (done || job.id === mine.id));
    for (const job of surplus) {
      if (cancelled.has(job.id)) continue;
      say(`cancelling ${job.id}: ${chosen.id} was submitted earlier for the same training`);
      if (await cancel(options, job.id)) cancelled.add(job.id);
    }
    const cleared = surplus.every((job) => cancelled.has(job.id));
    if (done && (cleared || ticks(clock) >= until + LIST_OUTAGE_MS)) {
      if (!found)
        say("could not read the list of jobs, so it is unknown whether another run submitted the same training");
      return chosen;
    }
    const left = until - ticks(clock);
    await clock.sleep(left > 0 ? Math.min(SETTLE_LOOK_MS, left) : SETTLE_LOOK_MS);
  }
}

/** Whether nothing more can be done about the job: it is cancelled, or the service refuses that for good. */
async function cancel({ queue, say }: SubmitOptions, jobId: string): Promise<boolean> {
  try {
    await queue.cancel(jobId);
    return true;
  } catch (error) {
    say(`${jobId} could not be cancelled: ${messageOf(error)}`);
    return !(error instanceof AzureFailure) || !error.transient;
  }
}
