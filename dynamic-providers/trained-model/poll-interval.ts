import { pollDelay, type PollPlan } from "../../azure-openai/poll-plan";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The end of a job is noticed late by 1% of its time: 1 s in the first 100 s, 2 s after three minutes, at most 10 s. */
const PLAN: PollPlan = { first: SECOND, share: 0.01, cap: 10 * SECOND };

/** From here on a job is long, and looking every 10 s to its end would be thousands of requests. */
const LONG_AFTER = 30 * MINUTE;
const NO_ESTIMATE_AFTER = 2 * 60 * MINUTE;
const RARELY = 30 * SECOND;

/** Far from the estimated end there is no need to look often: a tenth of the time left. */
const SHARE_OF_REST = 0.1;

/** How long a job runs, and how far the figure can be trusted. */
export interface Estimate {
  /** Milliseconds; negative when the job is overdue. */
  remaining: number;
  /** `steps`: from the time that steps took. `service`: the service's own guess, on record off by hours and days. */
  from: "steps" | "service";
}

/**
 * After its last step a job is evaluated. In three jobs of 2026-10 that took 45 to 64% of the time since their creation; overdue by
 * more than this part of it, the estimate was wrong.
 */
const EVALUATION_SHARE = 0.6;

/** Longest wait between two looks while the end is far. */
const FAR: Record<Estimate["from"], number> = { steps: MINUTE, service: RARELY };

/**
 * Wait until the next look at the job, in milliseconds. A job of 10 h takes under 2,600 looks and its end is noticed within 10 s when
 * its steps can be counted; without any estimate under 2,000 looks, and within 30 s.
 *
 * @param elapsed - since the job was created, milliseconds
 */
export function pollInterval(elapsed: number, estimate: Estimate | undefined): number {
  const usual = pollDelay(PLAN, elapsed);
  if (elapsed < LONG_AFTER) return usual;
  if (!estimate) return elapsed < NO_ESTIMATE_AFTER ? usual : RARELY;
  const { remaining, from } = estimate;
  if (remaining > 0) return Math.min(Math.max(remaining * SHARE_OF_REST, PLAN.cap / 2), FAR[from]);
  return remaining > -EVALUATION_SHARE * elapsed ? PLAN.cap : RARELY;
}
