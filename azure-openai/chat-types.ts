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

export interface ChatMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

/** A whole conversation; what is left out is the service's to choose. */
export interface ChatRequest {
  deploymentName: string;
  messages: ChatMessage[];
  temperature?: number;
  topP?: number;
  /** Most tokens of the answer. */
  maxTokens?: number;
  seed?: number;
}

/** What is known of a streamed answer when it has ended. */
export interface ChatEnd {
  model: string;
  /** `stop`, `length` (the tokens allowed were used up), `content_filter`; absent when the stream broke off. */
  finishReason?: string;
  /** Absent when the service sent none. */
  tokens?: { prompt: number; cached: number; completion: number };
}
