import { isDeepStrictEqual } from "node:util";
import { checkCalls, checkConversation, checkUserTurns } from "./conversation";
import { checkMessages } from "./message";
import { checkKeys, isObject, type JsonObject, kindOf, type Report, type RowSettings } from "./row-rules";
import { checkTools, type DeclaredTools } from "./tools";

/**
 * A row of direct preference optimization: `{"input": {"messages", "tools", "parallel_tool_calls"}, "preferred_output": [...],
 * "non_preferred_output": [...]}` (MicrosoftDocs/azure-ai-docs how-to/fine-tuning-direct-preference-optimization, 2026-10).
 */
export function checkPreferenceRow(row: JsonObject, settings: RowSettings, report: Report): void {
  if (!("input" in row) && "messages" in row) {
    report(
      "missing-key",
      "The row has 'messages' and no 'input', so it is a chat row. Set method to supervised, or write preference rows.",
    );
    return;
  }
  checkKeys(row, ["input", "preferred_output", "non_preferred_output"], "The row", report);
  if (!("input" in row))
    report("missing-key", "The row has no 'input'. Add {\"messages\": [...]} with the conversation to answer.");
  else if (!isObject(row.input))
    report("wrong-type", `'input' is ${kindOf(row.input)}; expected an object with 'messages'.`);
  const input = isObject(row.input) ? checkInput(row.input, settings, report) : undefined;

  for (const key of ["preferred_output", "non_preferred_output"] as const) {
    const messages = checkOutput(row[key], key, settings, report);
    if (messages && input) checkCalls(messages, input.tools, key, report, input.messages);
  }
  if (row.preferred_output !== undefined && isDeepStrictEqual(row.preferred_output, row.non_preferred_output)) {
    report(
      "same-outputs",
      "'preferred_output' and 'non_preferred_output' are the same, so there is no preference to learn. Change one.",
    );
  }
}

/** What the outputs answer; `undefined` when it is unknown. */
interface Input {
  messages: JsonObject[];
  tools: DeclaredTools;
}

function checkInput(input: JsonObject, settings: RowSettings, report: Report): Input | undefined {
  checkKeys(input, ["messages", "tools", "parallel_tool_calls"], "'input'", report);
  const tools = checkTools(input, "input.", report);
  const messages = checkMessages(input.messages, "input.messages", settings, report);
  if (!messages) return undefined;
  checkConversation(messages, tools, "input.messages", report);
  checkUserTurns(messages, "input.messages", report);
  const last = messages.at(-1);
  if (last?.role === "assistant" && last.tool_calls === undefined) {
    report(
      "last-not-user",
      "'input.messages' ends with an assistant message. End it with the turn that both outputs answer.",
    );
  }
  return { messages, tools };
}

function checkOutput(output: unknown, key: string, settings: RowSettings, report: Report): JsonObject[] | undefined {
  if (output === undefined) {
    report("missing-key", `The row has no '${key}'. Add a list with the assistant message.`);
    return undefined;
  }
  const messages = checkMessages(output, key, settings, report);
  if (!messages) return undefined;
  const other = messages.find((message) => message.role !== "assistant" && message.role !== "tool");
  if (other) {
    report(
      "unknown-role",
      `'${key}' has a message whose role is neither assistant nor tool. Move it to 'input.messages'.`,
    );
  }
  if (!messages.some((message) => message.role === "assistant"))
    report("no-assistant", `'${key}' has no assistant message. Add the answer.`);
  else if (messages.at(-1)?.role !== "assistant")
    report("last-not-assistant", `'${key}' does not end with an assistant message. End it with the answer.`);
  return messages;
}
