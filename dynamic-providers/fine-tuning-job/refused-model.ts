import { AzureFailure } from "../../azure-openai/failure";
import { isAboutModel } from "../../azure-openai/next-steps";
import { choicesInstead } from "../../catalog";

/**
 * Adds to the refusal of a model what the catalog knows to set instead; any other error stays as it is.
 * @param now - Unix milliseconds
 */
export function withChoices(error: unknown, model: string, now: number): unknown {
  if (!(error instanceof AzureFailure) || !error.nextStep || !isAboutModel(error.nextStep)) return error;
  const { said, status, code, detail, retryAfterMs, nextStep } = error;
  const advice = `${nextStep.advice} ${choicesInstead(model, new Date(now))}`;
  return new AzureFailure(said, { status, code, detail, retryAfterMs, nextStep: { ...nextStep, advice } });
}
