import { lateBoundResource } from "../runtime/late-bound-resource";
import type { ChatProbeArgs, ChatProbeState } from "./schema";

/**
 * A chat call that proves that a deployment answers, repeated until it does.
 *
 * @example
 * ```ts
 * const probe = new ChatProbe("tutor-probe", {
 *   ...{ accountId, deploymentName: "tutor", fineTunedModel: trained.fineTunedModel, deployedAt: "2026-11-27T12:00:00Z" },
 *   ...{ systemMessage: "You teach.", question: "What is a token?", maxTokens: 100, waitMinutes: 30 },
 * });
 * export const answer = probe.answer;
 * ```
 */
export class ChatProbe extends lateBoundResource<ChatProbeArgs, ChatProbeState>()({
  type: "ChatProbe",
  handler: "dynamic-providers/chat-probe/handler.ts",
  answered: ["answer", "answeredBy", "latencyMs", "promptTokens", "completionTokens"],
}) {}
