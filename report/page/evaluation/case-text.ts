import type { WireMessage } from "../../../azure-openai/chat";
import type { ShownCase } from "../../evaluation/shown-cases";

/** A turn as text: of parts the texts, an image in a word, calls of tools as JSON. */
export function textOf(message: WireMessage): string {
  const { content, ...rest } = message as { content?: unknown; tool_calls?: unknown };
  const parts = Array.isArray(content) ? content.map(partText) : typeof content === "string" ? [content] : [];
  const calls = Array.isArray(rest.tool_calls) ? [JSON.stringify(rest.tool_calls)] : [];
  return [...parts, ...calls].join("\n");
}

function partText(part: unknown): string {
  const { type = "part", text } = (part ?? {}) as { type?: string; text?: unknown };
  return typeof text === "string" ? text : `[${type.replace("_url", "")}]`;
}

/** What is asked: the last turn of the user, in one line. */
export function questionText({ messages = [] }: ShownCase): string {
  const last = messages.findLast(({ role }) => role === "user");
  return last ? textOf(last).replace(/\s+/g, " ").trim() : "";
}
