import { billedTokens } from "../../azure-openai/billed-tokens";
import type { RemoteEvent, RemoteJob } from "../../azure-openai/remote-jobs";

/**
 * What to tell of a job that has ended without a model: why, what it cost, and what to do.
 * @param events the newest ones; none where they can't be read
 */
export function endSentence(job: RemoteJob, events: RemoteEvent[]): string {
  const { code, message } = job.error ?? {};
  const reason = message ? `: ${message}${code ? ` (${code})` : ""}` : "";
  const end = `${job.id} ${job.status === "cancelled" ? "was cancelled" : job.status}${reason}.`;
  return `${end} ${bill(billedTokens(events))} ${advice(job, events)}`;
}

function bill(tokens: number | undefined): string {
  if (tokens === undefined) return "Its events do not tell whether anything was billed.";
  if (tokens === 0) return "Nothing was billed for it (its event says 0 tokens).";
  return `${tokens.toLocaleString("en-US")} tokens were billed for it.`;
}

/** Recorded: a safety evaluation that broke down failed the job; the same job, submitted again, succeeded. */
const POSTPROCESSING = /failed during postprocessing|safety checks failed due to system error/i;

function advice(job: RemoteJob, events: RemoteEvent[]): string {
  const told = [job.error?.message, ...events.map(({ message }) => message)];
  const serviceFailed = job.status === "failed" && told.some((text) => POSTPROCESSING.test(text ?? ""));
  return serviceFailed
    ? "The service failed after the training, not the data: raise `training.retry` and run `pulumi up` to submit the same training again."
    : "Change the data or the settings, or raise `training.retry` to train again.";
}
