import { createInterface } from "node:readline/promises";
import pc from "picocolors";
import { AzureFailure } from "../../azure-openai/failure";
import { printable } from "../../azure-openai/printable-text";
import type { ChatMessage } from "../../azure-openai/chat";

/** Words that end a conversation if alone on a line. */
const LEAVES = /^\s*[/:]?(exit|quit)\s*$/i;

export const HOW_TO_LEAVE =
  "Type a question and press Enter. exit, quit or Ctrl-D ends the conversation; Ctrl-C stops an answer.";

/** Prints the answer to the last message and returns its text; stops in the middle on request. */
export type Ask = (messages: ChatMessage[], stop: AbortSignal) => Promise<string>;

export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  /** For prompts and errors; answers go elsewhere. */
  output: NodeJS.WritableStream & { isTTY?: boolean };
}

/**
 * A question per line, until the input ends or asks to leave; each is sent with the conversation so far. On a terminal a failed question is
 * reported and dropped, and the conversation continues.
 *
 * @throws AzureFailure of the first failed question if the input is not a terminal
 */
export async function talk(before: ChatMessage[], ask: Ask, { input, output }: Terminal): Promise<void> {
  const lines = createInterface({ input, output, prompt: "> " });
  let closed = false;
  let answering: AbortController | undefined;
  lines.on("close", () => (closed = true));
  lines.on("SIGINT", () => (answering ? answering.abort() : lines.close()));
  const prompt = () => {
    // The input of a pipe may have ended while its first question was answered.
    if (!closed) lines.prompt();
  };
  let messages = before;
  prompt();
  for await (const line of lines) {
    if (LEAVES.test(line)) break;
    if (line.trim() !== "") {
      const asked: ChatMessage[] = [...messages, { role: "user", content: line }];
      answering = new AbortController();
      try {
        messages = [...asked, { role: "assistant", content: await ask(asked, answering.signal) }];
      } catch (error) {
        if (!input.isTTY || !(error instanceof AzureFailure)) throw error;
        output.write(`${pc.red("error:")} ${printable(error.message)}\n`);
      } finally {
        answering = undefined;
      }
    }
    prompt();
  }
  lines.close();
}
