import type { ChatProbeState } from "../dynamic-providers/chat-probe/schema";
import type { ProbeFacts } from "./report-data";

/** The chat call that proved a model, as the report tells it. */
export function probeFacts(probe: ChatProbeState): ProbeFacts {
  const { systemMessage, question, answer, answeredBy, latencyMs, promptTokens, completionTokens } = probe;
  return { systemMessage, question, answer, answeredBy, latencyMs, promptTokens, completionTokens };
}
