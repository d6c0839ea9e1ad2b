import type { ChatMessage } from "../../azure-openai/chat";
import type { ServedModel } from "./served-model";

/** Input of the process that asks the model. */
export interface Conversation {
  /** Settings of the stack's azure-native provider. */
  provider: Record<string, string>;
  /** ARM ID of the Azure OpenAI account. */
  accountId: string;
  served: ServedModel;
  /** Whether it is the rehearsal's, where nothing is charged. */
  rehearsal: boolean;
  /** Messages before the question: system message and few-shot examples. */
  messages: ChatMessage[];
  /** Undefined: questions are read from stdin. */
  question?: string;
}
