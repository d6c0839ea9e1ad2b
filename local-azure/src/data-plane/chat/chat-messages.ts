import { asObject } from "../../http/request";
import { besideText, textOfParts, type Message } from "../rows/training-row";
import { invalidRequest } from "./chat-error";
import { readOneOf } from "./parameters";

const roles = ["system", "developer", "user", "assistant", "tool", "function"];

/** The conversation of a request, its tool calls each answered. @throws AzureError 400 with the message at fault */
export function readMessages(value: unknown): Message[] {
  if (!Array.isArray(value)) throw invalidRequest("'messages' is a required property", "messages");
  if (value.length === 0) {
    const sentence =
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.";
    throw invalidRequest(sentence, "messages", "empty_array");
  }
  const messages = value.map((message, index) => readMessage(asObject(message), index));
  requireAnsweredCalls(value.map((message) => asObject(message)!));
  return messages;
}

/** Names of participants, which count as tokens. */
export function namesIn(value: unknown[]): string[] {
  return value.flatMap((message) => {
    const name = asObject(message)?.name;
    return typeof name === "string" ? [name] : [];
  });
}

function readMessage(message: Record<string, unknown> | undefined, index: number): Message {
  const role = message?.role;
  if (typeof role !== "string" || !roles.includes(role)) {
    throw invalidRequest(
      `${JSON.stringify(role)} is not one of ${JSON.stringify(roles)} - 'messages.${index}.role'`,
      "messages",
    );
  }
  const { content } = message!;
  if (content !== null && content !== undefined && typeof content !== "string" && !Array.isArray(content))
    throw invalidRequest(`'messages.${index}.content' must be a string or a list of parts`, "messages");
  if (Array.isArray(content)) requireParts(content, `messages[${index}].content`);
  const text = Array.isArray(content) ? textOfParts(content) : (content ?? "");
  return { role, text, learned: false, ...besideText(message!) };
}

const partTypes = ["text", "image_url", "input_audio", "refusal", "audio", "file"] as const;

function requireParts(parts: unknown[], where: string): void {
  for (const [index, part] of parts.entries()) readOneOf(asObject(part)?.type, `${where}[${index}].type`, partTypes);
}

/** Both sentences are quoted in public reports of Azure's answers. */
function requireAnsweredCalls(messages: Record<string, unknown>[]): void {
  let open: string[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role === "tool") {
      const id = message.tool_call_id;
      if (typeof id !== "string" || !open.includes(id)) {
        throw invalidRequest(
          "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
          `messages.[${index}].role`,
        );
      }
      open = open.filter((other) => other !== id);
    } else {
      requireNone(open, index);
      open = callIds(message);
    }
  }
  requireNone(open, messages.length);
}

function requireNone(open: string[], index: number): void {
  if (open.length > 0) {
    throw invalidRequest(
      "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
        `The following tool_call_ids did not have response messages: ${open.join(", ")}`,
      `messages.[${index}].role`,
    );
  }
}

function callIds({ role, tool_calls: calls }: Record<string, unknown>): string[] {
  return role === "assistant" && Array.isArray(calls) ? calls.map((call) => String(asObject(call)?.id)) : [];
}
