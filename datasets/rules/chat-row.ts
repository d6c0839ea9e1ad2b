import { checkConversation, checkUserTurns } from "./conversation";
import { checkMessages } from "./message";
import { checkKeys, type JsonObject, type Report, type RowSettings } from "./row-rules";
import { checkTools } from "./tools";

const keys = ["messages", "tools", "parallel_tool_calls", "functions"];

/**
 * A row of supervised fine-tuning: `{"messages": [...]}`, with `tools` and `parallel_tool_calls` where the model is to call functions
 * (MicrosoftDocs/azure-ai-docs how-to/fine-tuning and fine-tuning-functions, 2026-10).
 */
export function checkChatRow(row: JsonObject, settings: RowSettings, report: Report): void {
  if (!("messages" in row) && ("preferred_output" in row || "non_preferred_output" in row)) {
    report(
      "missing-key",
      "The row has two outputs and no 'messages', so it is a preference row. Set method to dpo, or write chat rows.",
    );
    return;
  }
  checkKeys(row, keys, "The row", report);
  const tools = checkTools(row, "", report);
  const messages = checkMessages(row.messages, "messages", settings, report);
  if (!messages) return;
  checkConversation(messages, tools, "messages", report);
  checkUserTurns(messages, "messages", report);

  const assistants = messages.filter((message) => message.role === "assistant");
  if (assistants.length === 0) {
    report(
      "no-assistant",
      "The example has no assistant message, so there is nothing to learn. Add the answer that the model should give.",
    );
    return;
  }
  if (messages.at(-1)?.role !== "assistant") {
    report(
      "last-not-assistant",
      "The last message is not the assistant's. End the example with the answer, or remove what follows it.",
    );
  }
  if (assistants.every((message) => message.weight === 0)) {
    report(
      "all-weights-zero",
      "Every assistant message has weight 0, so the model would learn nothing. Set weight to 1 on the messages it should learn from.",
    );
  }
}
