import { billedTokens } from "../../azure-openai/billed-tokens";
import { isAboutModel, jobNextStep } from "../../azure-openai/next-steps";
import type { RemoteEvent, RemoteJob } from "../../azure-openai/remote-jobs";
import { choicesInstead } from "../../catalog";

/**
 * What to tell of a job that has ended without a model: why, what it cost, and what to do.
 * @param events - the newest ones; none where they can't be read
 * @param now - Unix milliseconds, for what the catalog has to choose from
 */
export function endSentence(job: RemoteJob, events: RemoteEvent[], now: number): string {
  const { code, message } = job.error ?? {};
  const reason = message ? `: ${message.trim().replace(/\.$/, "")}${code ? ` (${code})` : ""}` : "";
  const end = `${job.id} ${job.status === "cancelled" ? "was cancelled" : job.status}${reason}.`;
  return `${end} ${bill(billedTokens(events))} ${advice(job, events, now)}`;
}

function bill(tokens: number | undefined): string {
  if (tokens === undefined) return "Its events do not say whether anything was billed.";
  if (tokens === 0) return "Nothing was billed for it (its events report 0 billed tokens).";
  return `${tokens.toLocaleString("en-US")} tokens were billed for it.`;
}

/** Recorded: a safety evaluation that broke down failed the job; the same job, submitted again, succeeded. */
const POSTPROCESSING = /failed during postprocessing|safety checks failed due to system error/i;

function advice(job: RemoteJob, events: RemoteEvent[], now: number): string {
  if (job.status === "failed") {
    const messages = events.map(({ message }) => message);
    // A refusal says what is wrong with data or model; that the service broke down is told in general words.
    const step = jobNextStep(job.error, messages);
    if (step) return isAboutModel(step) ? `${step.advice} ${choicesInstead(job.model, new Date(now))}` : step.advice;
    if ([job.error?.message, ...messages].some((text) => POSTPROCESSING.test(text ?? "")))
      return "The service failed after the training; the data is not the cause: raise `training.retry` and run `pulumi up` to submit the same training again.";
  }
  return "To train again, change the data or the settings, or increase `training.retry`.";
}
