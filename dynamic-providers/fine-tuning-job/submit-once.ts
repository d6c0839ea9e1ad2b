import type { Clock } from "../../azure-openai/clock";
import { AzureFailure } from "../../azure-openai/failure";
import type { RemoteJob } from "../../azure-openai/remote-jobs";
import { LOST_ANSWER_MS, SETTLE_LOOK_MS, SETTLE_MS } from "../../azure-openai/settle";
import { chooseJob, isLive, ownJobs } from "./choose-job";

/** Jobs younger than this may still be contested; generous, since our clock and the service's may differ. */
const FRESH_MS = 5 * 60_000;

/** The operations that the submission needs. */
export interface JobQueue {
  list(): Promise<RemoteJob[]>;
  /** Submits; the paid one. */
  create(): Promise<RemoteJob>;
  cancel(id: string): Promise<unknown>;
}

export interface SubmitOptions {
  queue: JobQueue;
  /** Whose jobs count. */
  owner: { marker: string; model: string };
  clock: Clock;
  say: (line: string) => void;
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
 * @throws AzureFailure when the service refuses the job, or when after two attempts it is still unclear whether it was submitted
 */
export async function submitOnce(options: SubmitOptions): Promise<RemoteJob> {
  const { queue, owner, clock, say } = options;
  const earlier = chooseJob(ownJobs(await queue.list(), owner));
  if (earlier) {
    say(`found its job ${earlier.id} (${earlier.status}); nothing is submitted`);
    const contested = isLive(earlier) && Math.abs(clock.now() - earlier.created_at * 1000) < FRESH_MS;
    return contested ? settle(options, earlier, SETTLE_MS) : earlier;
  }
  const { job, settleMs } = await submit(options);
  say(`submitted ${job.id}`);
  return settle(options, job, settleMs);
}

/** Submits; after a lost answer looks for the job, and submits a second time only when it did not appear. */
async function submit(options: SubmitOptions): Promise<{ job: RemoteJob; settleMs: number }> {
  const { queue, say, beforePaidRequest } = options;
  for (let attempt = 1; ; attempt++) {
    await beforePaidRequest();
    try {
      const job = await queue.create();
      return { job, settleMs: attempt === 1 ? SETTLE_MS : LOST_ANSWER_MS };
    } catch (error) {
      if (!(error instanceof AzureFailure) || !error.ambiguous) throw error;
      say(`the answer to the submission was lost; looking for the job for up to ${LOST_ANSWER_MS / 1000} s`);
      const job = await lookFor(options);
      if (job) return { job, settleMs: SETTLE_MS };
      if (attempt === 2) throw unclear(error);
    }
  }
}

function unclear(error: AzureFailure): AzureFailure {
  return new AzureFailure(
    `${error.message} Whether the job was submitted is unclear; run \`pulumi up\` again: it looks for the job before it submits one.`,
    { status: error.status, code: error.code },
  );
}

async function lookFor({ queue, owner, clock }: SubmitOptions): Promise<RemoteJob | undefined> {
  const until = clock.now() + LOST_ANSWER_MS;
  for (;;) {
    const found = chooseJob(ownJobs(await queue.list().catch(() => []), owner));
    if (found || clock.now() >= until) return found;
    await clock.sleep(SETTLE_LOOK_MS);
  }
}

/**
 * Waits until every older job must have shown in the list, then returns the one that counts and cancels the others that bear the same
 * marker. A list that fails is only a look less: the job's id must not be lost to it.
 */
async function settle(options: SubmitOptions, mine: RemoteJob, settleMs: number): Promise<RemoteJob> {
  const { queue, owner, clock, say } = options;
  // created_at has whole seconds: a rival of the same second may have been submitted almost a second later.
  const until = clock.now() + settleMs + 1_000;
  const cancelled = new Set<string>();
  for (;;) {
    const listed = ownJobs(await queue.list().catch(() => []), owner);
    const own = listed.some((job) => job.id === mine.id) ? listed : ownJobs([...listed, mine], owner);
    const chosen = chooseJob(own.filter((job) => !cancelled.has(job.id))) ?? mine;
    const done = clock.now() >= until;
    // The winner clears the others away only when it is sure; a loser its own at once, before it can start.
    const surplus = own.filter((job) => isLive(job) && job.id !== chosen.id && (done || job.id === mine.id));
    for (const job of surplus) {
      if (cancelled.has(job.id)) continue;
      cancelled.add(job.id);
      say(`cancelling ${job.id}: ${chosen.id} was submitted earlier for the same training`);
      await queue.cancel(job.id).catch((error: unknown) => {
        say(`${job.id} could not be cancelled: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
    if (done) return chosen;
    await clock.sleep(Math.min(SETTLE_LOOK_MS, until - clock.now()));
  }
}
