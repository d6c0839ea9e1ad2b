import { Azure } from "../../azure-openai/azure";
import type { ChatMessage } from "../../azure-openai/chat";
import { systemClock } from "../../azure-openai/clock";
import { azureSettings } from "../../stack/azure-settings";
import { note, runCommand } from "../../stack/command";
import { Bill } from "./bill";
import type { Conversation } from "./conversation";
import { printAnswer } from "./print-answer";
import { HOW_TO_LEAVE, talk } from "./talk";

/** Runs in its own process, which trusts the certificates that the target's cloud needs. Argument: a Conversation as JSON. */
runCommand(async ([argument]) => {
  const { provider, accountId, served, rehearsal, messages, question } = JSON.parse(argument!) as Conversation;
  note(`Model       ${served.model}`);
  note(`Deployment  ${served.deploymentName}${served.place ? `, ${served.place}` : ""}`);
  note(`Price       ${served.price}${rehearsal ? "; this is the rehearsal, where nothing is charged" : ""}`);
  const settings = azureSettings(provider, process.env);
  const azure = await Azure.connect(settings, { clock: systemClock, destroying: () => false });
  const chat = (await azure.dataPlane(accountId)).chatWith(served.format);
  const bill = new Bill(served.rate);
  const ask = async (asked: ChatMessage[], stop?: AbortSignal) => {
    const { text, tokens } = await printAnswer(
      chat,
      served.deploymentName,
      asked,
      (piece) => process.stdout.write(piece),
      stop,
    );
    bill.add(tokens);
    return text;
  };
  if (question !== undefined) {
    await ask([...messages, { role: "user", content: question }]);
    return 0;
  }
  note(HOW_TO_LEAVE);
  await talk(messages, ask, { input: process.stdin, output: process.stderr });
  if (bill.answers > 0) note(bill.text());
  return 0;
});
