import type { Method } from "../../catalog";
import type { Sketch } from "../duplicates/sketch";
import { messagesOf } from "./messages-of";
import { plainRoles } from "./plain-chat";

/** Roles whose text is an instruction common to many examples: it makes rows different, but not near. */
export function isInstruction(role: unknown): boolean {
  return role === "system" || role === "developer";
}

/** Number of a role for the sketch: that of plain-chat.ts, so that both ways of reading a row agree. */
function labelOf(role: unknown): number {
  return typeof role === "string" ? (plainRoles as readonly string[]).indexOf(role) : -1;
}

/** Feeds a parsed row to the sketch; a row that plain-chat.ts would have read comes out the same. */
export function sketchRow(row: unknown, method: Method, sketch: Sketch): void {
  const messages = messagesOf(row, method);
  if (!messages) return;
  for (const { role, content, ...rest } of messages) {
    sketch.startText(labelOf(role));
    if (typeof content === "string") {
      if (isInstruction(role)) sketch.distinguishing(content);
      else sketch.compared(content);
    } else if (content !== undefined) {
      sketch.compared(JSON.stringify(content));
    }
    sketch.endText();
    if (labelOf(role) < 0) sketch.distinguishing(JSON.stringify(role) ?? "");
    if (Object.keys(rest).length === 0) continue;
    if (Array.isArray(rest.tool_calls)) sketch.compared(JSON.stringify(rest));
    else sketch.distinguishing(JSON.stringify(rest));
  }
  const {
    messages: _,
    input,
    preferred_output: __,
    non_preferred_output: ___,
    ...others
  } = row as Record<string, unknown>;
  const { messages: ____, ...beside } = (input ?? {}) as Record<string, unknown>;
  if (Object.keys(others).length > 0) sketch.distinguishing(JSON.stringify(others));
  if (Object.keys(beside).length > 0) sketch.distinguishing(JSON.stringify(beside));
}
