import { checkGradedRow } from "../grader/check-row";
import { checkConversation, checkUserTurns } from "./conversation";
import { checkMessages } from "./message";
import type { JsonObject, Report, RowSettings } from "./row-rules";
import { checkTools } from "./tools";

/**
 * A row of reinforcement fine-tuning: `messages` that end with the user, and any further keys, which the grader reads
 * (MicrosoftDocs/azure-ai-docs how-to/reinforcement-fine-tuning, 2026-10).
 */
export function checkReinforcementRow(row: JsonObject, settings: RowSettings, report: Report): void {
  checkGradedRow(row, settings.grader, report);
  const tools = checkTools(row, "", report);
  const messages = checkMessages(row.messages, "messages", settings, report);
  if (!messages) return;
  checkConversation(messages, tools, "messages", report);
  checkUserTurns(messages, "messages", report);
  if (messages.at(-1)?.role !== "user") {
    report(
      "last-not-user",
      "The last message is not the user's. End with the question, and put what the grader needs into separate keys.",
    );
  }
}
