import type { ChatAnswer } from "../../azure-openai/chat";
import { AzureFailure } from "../../azure-openai/failure";
import type { ChatProbeInputs } from "./schema";

const FILTER_ADVICE =
  "The deployment works, but its content filter blocked the request, so waiting won't help. Change probe.question (or probe.systemMessage), or set another content filter in deploy.raiPolicyName, then run `pulumi up`.";

/**
 * Why the same question will never be answered, however long the probe waits, or `undefined`. The deployment works then: only the
 * settings of the probe or of the content filter keep it from answering.
 *
 * @param answer - a ChatAnswer, or the error in its place
 */
export function refusedForGood(
  answer: unknown,
  inputs: Pick<ChatProbeInputs, "deploymentName" | "maxTokens">,
): string | undefined {
  if (answer instanceof AzureFailure)
    return answer.nextStep?.situation === "questionFiltered" ? `${answer.said}. ${FILTER_ADVICE}` : undefined;
  if (answer instanceof Error) return undefined;
  const { answer: text, finishReason } = answer as ChatAnswer;
  if (text.trim() !== "") return undefined;
  const asked = `The deployment ${inputs.deploymentName} was asked the probe question`;
  if (finishReason === "content_filter")
    return `${asked}, and the content filter removed its entire answer (finish_reason content_filter). ${FILTER_ADVICE}`;
  // Models that reason may use up the tokens before the first word of the answer.
  if (finishReason === "length")
    return `${asked} and used up all ${inputs.maxTokens} tokens allowed by probe.maxTokens without writing an answer. Raise probe.maxTokens and run \`pulumi up\`.`;
  return undefined;
}
