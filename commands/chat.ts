import { readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import type { ChatMessage } from "../azure-openai/chat";
import { stackFacts } from "../report/stack-facts";
import { providerInputs } from "../stack/azure-settings";
import type { Conversation } from "./chat/conversation";
import { servedModel } from "./chat/served-model";
import { chooseModel } from "../stack/choose-model";
import { runCommand, UserError } from "../stack/command";
import { namedFile } from "../stack/named-file";
import { whyNoneServes } from "../stack/none-serves";
import { servedNow } from "../stack/served-now";
import { modelOption, type StackOptions, withStackOptions } from "../stack/stack-options";
import { exportStack, isRehearsal, runScript, type Target, withTarget } from "../stack/target";

interface Options extends StackOptions {
  model?: string;
  system?: string;
  fewShot?: string;
}

/** `npm run chat -- "question"`: asks the deployed model of a stack; without a question, a conversation. */
runCommand(async (args) => {
  const program = withStackOptions(new Command("npm run chat --"))
    .exitOverride()
    .description(
      "Asks the deployed model a question. Signs in with Microsoft Entra ID; the answer is streamed to stdout, and the model and its price are printed to stderr.",
    )
    .argument("[question]", "the question; without one, starts a conversation, which you end with exit, quit or Ctrl-D")
    .option(...modelOption)
    .option("--system <text>", "system message; default: that of the stack's test call (probe.systemMessage)")
    .option(
      "--few-shot <file>",
      "few-shot examples to send before each question: a JSONL file in the dataset's format",
      (file: string) => namedFile(file),
    )
    .parse(args, { from: "user" });
  const options = program.opts<Options>();
  const fewShot = options.fewShot ? readFewShot(options.fewShot) : [];
  return withTarget(options, async (target) => {
    const { accountId, systemMessage, provider, served } = await readStack(target, options.model);
    const system = options.system ?? systemMessage;
    const conversation: Conversation = {
      provider,
      accountId,
      served,
      rehearsal: isRehearsal(target),
      messages: [...(system === undefined ? [] : [{ role: "system" as const, content: system }]), ...fewShot],
      question: program.args[0],
    };
    return runScript(path.join(__dirname, "chat", "converse.ts"), [JSON.stringify(conversation)], target.env);
  });
});

async function readStack(target: Target, model: string | undefined) {
  const state = chooseModel(await exportStack(target), target.stack, model);
  const facts = stackFacts(state);
  const served = facts && servedNow(facts);
  if (!served) throw new UserError(whyNoneServes(state, target));

  const { probe = facts.earlier?.probe } = served;
  return {
    accountId: facts.accountId,
    systemMessage: probe?.systemMessage,
    provider: providerInputs(state),
    served: servedModel(state, served.deploymentName, target.folder),
  };
}

/** Messages of all rows, without system messages: the conversation already has one. */
function readFewShot(file: string): ChatMessage[] {
  const rows = textOf(file).split("\n");
  return rows.flatMap((row, index) => {
    if (row.trim() === "") return [];
    try {
      return (JSON.parse(row) as { messages: ChatMessage[] }).messages.filter(({ role }) => role !== "system");
    } catch {
      throw new UserError(
        `${file}, line ${index + 1}: expected a JSON object with "messages", as in the training file.`,
      );
    }
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} (--few-shot) can't be read: ${(error as Error).message}`);
  }
}
