import type { AzureFailure } from "../../azure-openai/failure";
import { EvaluationRefusal } from "../refusal";

/** Codes of refusals that only this question gets: the content filter, and its length. */
const OF_THE_QUESTION = new Set([
  "content_filter",
  "responsibleaipolicyviolation",
  "context_length_exceeded",
  "string_above_max_length",
]);

/** Whether the service refuses this question and would answer others. */
export function isOfTheQuestion({ status, code, nextStep }: AzureFailure): boolean {
  if (status !== 400 && status !== 413) return false;
  return nextStep?.situation === "questionFiltered" || OF_THE_QUESTION.has(code?.toLowerCase() ?? "");
}

/** For tables and files: `filtered` or `too long`, never the service's own words. */
export function refusalOf({ nextStep, code }: AzureFailure): string {
  return nextStep?.situation === "questionFiltered" || /filter|policy/i.test(code ?? "") ? "filtered" : "too long";
}

/** Whether the model takes no sampling parameters (codes of OpenAI's reasoning models). */
export function isOfTheSampling({ status, code }: AzureFailure): boolean {
  return status === 400 && (code === "unsupported_value" || code === "unsupported_parameter");
}

/**
 * What ends the evaluation. The service's own words are left out: they may repeat the question.
 *
 * @param line - of the case that was asked
 */
export function stopsAll(failure: AzureFailure, name: string, line: number): EvaluationRefusal {
  const { status, code, nextStep, transient } = failure;
  // Of the network or of signing in: whoever wrote this has not seen the question.
  if (failure.neverSent) return new EvaluationRefusal(failure.message);
  const named = code !== String(status) && /^[\w.-]{1,60}$/.test(code ?? "") ? code : undefined;
  const what = [status, named].filter(Boolean).join(" ") || "no complete answer";
  const kept = "The answers so far are kept";
  const way = transient
    ? `${kept}. Run again to continue.`
    : status === 400
      ? `${kept}. Correct or remove the case on line ${line}, or check that the deployment's model supports chat, then run again.`
      : status === 404
        ? `${kept}. Check the name of the deployment and whether it exists (a new one takes minutes to respond), then run again.`
        : `${kept}. Run again when this is corrected.`;
  const advice = nextStep ? ` ${nextStep.chatAdvice}` : "";
  return new EvaluationRefusal(
    `The deployment ${name} does not respond (${what}, case on line ${line}).${advice} ${way}`,
  );
}
