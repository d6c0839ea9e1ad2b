import { createInterface } from "node:readline/promises";
import { Azure } from "../../azure-openai/azure";
import type { ChatMessage } from "../../azure-openai/chat";
import { systemClock } from "../../azure-openai/clock";
import { azureSettings } from "../azure-settings";
import { runCommand } from "../command";
import type { Conversation } from "./conversation";
import { printAnswer } from "./print-answer";

/** Runs in a process of its own, which trusts what the target's cloud needs. Argument: a Conversation as JSON. */
runCommand(async ([argument]) => {
  const { provider, accountId, deploymentName, messages, question } = JSON.parse(argument!) as Conversation;
  const settings = azureSettings(provider, process.env);
  const azure = await Azure.connect(settings, { clock: systemClock, destroying: () => false });
  const { chat } = await azure.dataPlane(accountId);
  const ask = (asked: ChatMessage[]) => printAnswer(chat, deploymentName, asked, (text) => process.stdout.write(text));
  if (question !== undefined) await ask([...messages, { role: "user", content: question }]);
  else await talk(messages, ask);
  return 0;
});

/** A question per line, until the input ends; each with what was said before. */
async function talk(before: ChatMessage[], ask: (messages: ChatMessage[]) => Promise<string>): Promise<void> {
  const input = createInterface({ input: process.stdin, output: process.stderr, prompt: "> " });
  let messages = before;
  input.prompt();
  for await (const line of input) {
    if (line.trim() !== "") {
      const asked: ChatMessage[] = [...messages, { role: "user", content: line }];
      messages = [...asked, { role: "assistant", content: await ask(asked) }];
    }
    input.prompt();
  }
  input.close();
}
