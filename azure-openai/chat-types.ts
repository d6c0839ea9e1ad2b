import type { OpenAI } from "openai";

export interface ChatQuestion {
  deploymentName: string;
  systemMessage: string;
  question: string;
  /** Most tokens of the answer. */
  maxTokens: number;
}

export interface ChatAnswer {
  answer: string;
  /** Model that says it answered. */
  model: string;
  /** Why the answer ends: `stop`, `length` (maxTokens used up), `content_filter`. */
  finishReason?: string;
  promptTokens: number;
  completionTokens: number;
}

/** A call of a tool that a model asks for; whoever asked the model carries it out. */
export interface ToolCall {
  /** Given by the service; the result names it. */
  id: string;
  name: string;
  /** As the model wrote them: JSON, mostly. */
  arguments: string;
}

/** An image that a user shows. */
export interface ChatImage {
  /** `data:image/png;base64,...`, or an http(s) address that the service loads. */
  url: string;
  /** Name of the file it came from, for people. */
  name?: string;
}

export type ChatMessage =
  | { role: "system"; content: string }
  | { role: "user"; content: string; images?: ChatImage[] }
  | { role: "assistant"; content: string; toolCalls?: ToolCall[] }
  | { role: "tool"; content: string; toolCallId: string };

/** A function that a model may ask to be called. */
export interface ChatTool {
  /** 1 to 64 letters, digits, `_` or `-`. */
  name: string;
  /** From which the model knows when to call it. */
  description?: string;
  /** JSON schema of its arguments; absent: it has none. */
  parameters?: Record<string, unknown>;
  /** Whether the arguments always agree with the schema. */
  strict?: boolean;
}

/** What an answer must be: any JSON object, or one of a schema. Absent: text. */
export type ResponseFormat =
  { type: "json_object" } | { type: "json_schema"; name: string; schema: Record<string, unknown>; strict?: boolean };

/** Values of `reasoning_effort` (v1 specification). */
export const reasoningEfforts = ["none", "minimal", "low", "medium", "high", "xhigh"] as const;
export type ReasoningEffort = (typeof reasoningEfforts)[number];

/** How an answer is made; what is left out is the service's to choose. */
export interface ChatParameters {
  /** 0 to 2. */
  temperature?: number;
  /** 0 to 1. */
  topP?: number;
  /** Most tokens of the answer. */
  maxTokens?: number;
  seed?: number;
  /** -2 to 2. */
  frequencyPenalty?: number;
  /** -2 to 2. */
  presencePenalty?: number;
  /** Up to four texts before which the answer ends. */
  stop?: string[];
  /** How long a reasoning model thinks; which of them it takes depends on the model. */
  reasoningEffort?: ReasoningEffort;
  responseFormat?: ResponseFormat;
  /** Up to 128. */
  tools?: ChatTool[];
}

/** A whole conversation. */
export interface ChatRequest extends ChatParameters {
  deploymentName: string;
  messages: ChatMessage[];
}

/** What the content filter says of a prompt or an answer in one category, e.g. `violence`, `jailbreak`. */
export interface FilterFinding {
  category: string;
  /** Whether it was removed for it. */
  filtered: boolean;
  /** `safe`, `low`, `medium` or `high`; of categories that are graded. */
  severity?: string;
  /** Of categories that are detected or not. */
  detected?: boolean;
}

/** The content filter's findings; absent where the service sent none. */
export interface FilterFindings {
  prompt?: FilterFinding[];
  answer?: FilterFinding[];
}

/** What is known of a streamed answer when it has ended. */
export interface ChatEnd {
  model: string;
  /** `stop`, `length` (the tokens allowed were used up), `tool_calls`, `content_filter`; absent when the stream was interrupted. */
  finishReason?: string;
  /** Absent when the service sent none. */
  tokens?: { prompt: number; cached: number; completion: number };
  /** Absent when the model calls none. */
  toolCalls?: ToolCall[];
  filter?: FilterFindings;
}

/** A message as the service takes it. */
export type WireMessage = OpenAI.ChatCompletionMessageParam;
/** A tool as the service takes it. */
export type WireTool = OpenAI.ChatCompletionTool;

/** A conversation in the service's own words, as rows of a dataset have it. */
export interface CompletionRequest extends Omit<ChatParameters, "tools" | "reasoningEffort"> {
  deploymentName: string;
  messages: WireMessage[];
  tools?: WireTool[];
  /** `low`, `medium`, `high`, ...; of models that reason. */
  reasoningEffort?: string;
}

/** A whole answer. */
export interface Completion {
  /** Empty where the model only calls tools, or the content filter removed the answer. */
  text: string;
  /** Model that says it answered. */
  model: string;
  finishReason?: string;
  /** Absent when the service sent none. */
  tokens?: { prompt: number; cached: number; completion: number };
}
