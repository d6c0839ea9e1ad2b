import { backoffDelay, type Backoff } from "../../azure-openai/backoff";
import { ticks, type Clock } from "../../azure-openai/clock";
import type { DataPlane } from "../../azure-openai/data-plane";
import { duration } from "../../format/duration";
import { AzureFailure } from "../../azure-openai/failure";
import { pollDelay, type PollPlan } from "../../azure-openai/poll-plan";
import { isTerminal, type RemoteEvent, type RemoteJob } from "../../azure-openai/remote-jobs";
import type { Say } from "../runtime/say";
import { JobReporter } from "./job-reporter";
import { pollInterval, type Estimate } from "./poll-interval";
import { standsStill } from "./paused-job";
import type { Spending } from "./spending";
import type { Pace } from "./training-pace";

/** Events are for people: once in a few seconds at first, every two minutes in a long job. */
const EVENTS: PollPlan = { first: 2_000, share: 0.02, cap: 120_000 };
const NEWEST_EVENTS = 20;

const PREEMPTED =
  "Azure can preempt Developer jobs; this one resumes automatically when there is capacity, and costs nothing until then";

/** Between looks while the service can't be reached. */
const OUTAGE: Backoff = { first: 5_000, cap: 60_000 };

export interface WaitOptions {
  clock: Clock;
  waitMinutes: number;
  examples?: number;
  say: Say;
  /** Ends the process when nobody waits for the result any more. */
  stopIfOrphaned: () => Promise<void>;
  /** Of a training that is billed by the hour. Default: it is not. */
  spending?: Spending;
  /** Whether a paused job continues without help, so that it is waited for. Default false. */
  continuesWithoutHelp?: boolean;
}

/** Why the wait is over. */
export interface WaitResult {
  reason: "ended" | "deadline" | "paused";
  /** As last seen; `undefined` when it was never seen before the deadline. */
  job: RemoteJob | undefined;
}

/**
 * Looks at the job until it has ended, is paused, or the deadline has passed. Disturbances of any length before the deadline don't end
 * the wait: the job doesn't depend on us.
 *
 * @throws AzureFailure when the service refuses for good (job gone, no permission, sign-in refused)
 */
export async function waitForJob(dataPlane: DataPlane, jobId: string, options: WaitOptions): Promise<WaitResult> {
  const { clock, say, stopIfOrphaned } = options;
  const started = ticks(clock);
  const deadline = started + options.waitMinutes * 60_000;
  const reporter = new JobReporter(say, options.examples, options.spending);
  let job: RemoteJob | undefined;
  let outages = 0;
  let eventsAt = -Infinity;
  for (;;) {
    await stopIfOrphaned();
    let delay: number;
    try {
      const status = job?.status;
      job = await dataPlane.jobs.get(jobId);
      if (outages > 0) say("the service is responding again");
      outages = 0;
      // The job's times are the service's: this machine's clock may be hours off, or be set in the meantime.
      const now = dataPlane.time.now() ?? clock.now();
      const elapsed = Math.max(now - job.created_at * 1000, ticks(clock) - started);
      const eventsDue = ticks(clock) - eventsAt >= pollDelay(EVENTS, elapsed) || job.status !== status;
      const events = eventsDue ? await newestEvents(dataPlane, jobId) : [];
      if (eventsDue) eventsAt = ticks(clock);
      const pace = reporter.report(job, events, now, elapsed, ticks(clock));
      if (isTerminal(job.status)) return { reason: "ended", job };
      if (job.status === "paused" && !options.continuesWithoutHelp) return { reason: "paused", job };
      if (standsStill(job.status) && status !== job.status && options.continuesWithoutHelp) say(PREEMPTED);
      delay = pollInterval(elapsed, estimate(job, pace, now));
    } catch (error) {
      if (!(error instanceof AzureFailure) || !error.transient) throw error;
      if (outages === 0) say(`${error.message} The job continues; still waiting.`);
      // Asked to wait longer, it still looks: the job may end long before.
      delay = Math.min(backoffDelay(OUTAGE, outages++, error.retryAfterMs), OUTAGE.cap);
    }
    const left = deadline - ticks(clock);
    if (left <= 0) return { reason: "deadline", job };
    await clock.sleep(Math.min(delay, left));
  }
}

function estimate(job: RemoteJob, pace: Pace, now: number): Estimate | undefined {
  if (pace.remainingMs !== undefined) return { remaining: pace.remainingMs, from: "steps" };
  return job.estimated_finish ? { remaining: job.estimated_finish * 1000 - now, from: "service" } : undefined;
}

/** Events only inform: without them the wait continues. */
async function newestEvents(dataPlane: DataPlane, jobId: string): Promise<RemoteEvent[]> {
  return dataPlane.jobs.events(jobId, NEWEST_EVENTS).catch(() => []);
}

/** What a person should know before waiting for hours. */
export function firstLine(jobId: string, waitMinutes: number): string {
  return `waiting up to ${duration(waitMinutes * 60_000)} for ${jobId} · Ctrl-C twice is safe: the job continues, and the next \`pulumi up\` waits for it`;
}
