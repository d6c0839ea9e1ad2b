import type { Chat, ChatEnd, ChatMessage } from "../../azure-openai/chat";
import { PrintableStream } from "../../azure-openai/printable-text";

/** The answer and its tokens, which are undefined if the service sent none or the answer was stopped. */
export interface PrintedAnswer extends Pick<ChatEnd, "tokens"> {
  /** As the model gave it, for the next question of a conversation. */
  text: string;
}

/** Prints an answer as it arrives, as text that can't steer the terminal; what arrived before a failure or a stop is printed too. */
export async function printAnswer(
  chat: Pick<Chat, "stream">,
  deploymentName: string,
  messages: ChatMessage[],
  write: (text: string) => unknown,
  stop: AbortSignal = new AbortController().signal,
): Promise<PrintedAnswer> {
  let text = "";
  const shown = new PrintableStream();
  const pieces = chat.stream({ deploymentName, messages }, stop);
  try {
    for (;;) {
      const { done, value } = await pieces.next();
      if (done) return { text, tokens: value.tokens };
      write(shown.write(value));
      text += value;
    }
  } finally {
    write(`${shown.end()}\n`);
  }
}
