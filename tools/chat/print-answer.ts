import type { Chat, ChatMessage } from "../../azure-openai/chat";
import { PrintableStream } from "../../azure-openai/printable-text";

/**
 * Prints an answer as it comes, as text that can't steer the terminal; what came before a failure is printed too.
 *
 * @returns the answer as the model gave it, for the next question of a conversation
 */
export async function printAnswer(
  chat: Pick<Chat, "stream">,
  deploymentName: string,
  messages: ChatMessage[],
  write: (text: string) => unknown,
): Promise<string> {
  let answer = "";
  const shown = new PrintableStream();
  try {
    for await (const piece of chat.stream({ deploymentName, messages }, new AbortController().signal)) {
      write(shown.write(piece));
      answer += piece;
    }
  } finally {
    write(`${shown.end()}\n`);
  }
  return answer;
}
