import { lateBoundResource } from "../runtime/late-bound-resource";
import type { ChatProbeArgs, ChatProbeState } from "./schema";

/** A chat call that proves that a deployment answers, repeated until it does. */
export class ChatProbe extends lateBoundResource<ChatProbeArgs, ChatProbeState>()({
  type: "ChatProbe",
  handler: "dynamic-providers/chat-probe/handler.ts",
  answered: ["answer", "answeredBy", "latencyMs", "promptTokens", "completionTokens"],
}) {}
