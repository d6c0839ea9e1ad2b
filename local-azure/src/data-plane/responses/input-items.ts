import { asObject } from "../../http/request";
import { invalidRequest } from "../chat/chat-error";
import { besideText, textOfParts, type Message } from "../rows/training-row";

/** An item of a conversation, as the API writes it. */
export type Item = Record<string, unknown>;

const roles = ["user", "assistant", "system", "developer"];
/** Items that say nothing to the model here: a rehearsed model does not reason. */
const silent = ["reasoning", "compaction"];

/** Input as a list: a text is a message of the user. @throws AzureError 400 */
export function itemsOf(input: unknown): Item[] {
  if (typeof input === "string")
    return [{ type: "message", role: "user", content: [{ type: "input_text", text: input }] }];
  if (!Array.isArray(input)) {
    const sentence =
      "Invalid type for 'input': expected one of an array of objects or string, but got another type instead.";
    throw invalidRequest(sentence, "input", "invalid_type");
  }
  return input.map((item, index) => {
    const given = asObject(item);
    if (given) return given;
    throw invalidRequest(`Invalid type for 'input[${index}]': expected an object.`, `input[${index}]`, "invalid_type");
  });
}

/** The messages that items stand for, calls of one turn in one message. @throws AzureError 400 for what is no item, or a call without its result */
export function messagesOf(items: Item[]): Message[] {
  requireAnsweredCalls(items);
  const messages: Message[] = [];
  for (const [index, item] of items.entries()) {
    const message = messageOf(item, `input[${index}]`);
    const last = messages.at(-1);
    if (message?.calls && last?.role === "assistant") last.calls = [...(last.calls ?? []), ...message.calls];
    else if (message) messages.push(message);
  }
  return messages;
}

function messageOf(item: Item, where: string): Message | undefined {
  const type = item.type ?? (item.role === undefined ? undefined : "message");
  if (type === "message") return readMessage(item, where);
  if (type === "function_call") {
    const call = { name: String(item.name), arguments: typeof item.arguments === "string" ? item.arguments : "{}" };
    return { role: "assistant", text: "", learned: false, calls: [call] };
  }
  if (type === "function_call_output") {
    const { output } = item;
    const text = Array.isArray(output)
      ? textOfParts(output)
      : typeof output === "string"
        ? output
        : JSON.stringify(output ?? "");
    return { role: "tool", text, learned: false };
  }
  if (silent.includes(type as string)) return undefined;
  const sentence = `Invalid value: '${JSON.stringify(type ?? null).replaceAll('"', "")}'. Supported values here are: 'message', 'function_call', 'function_call_output', 'item_reference', and 'reasoning'.`;
  throw invalidRequest(sentence, where, "invalid_value");
}

function readMessage(item: Item, where: string): Message {
  const { role, content } = item;
  if (typeof role !== "string" || !roles.includes(role)) {
    const listed = roles.map((one) => `'${one}'`);
    const sentence = `Invalid value: '${String(role)}'. Supported values are: ${listed.slice(0, -1).join(", ")}, and ${listed.at(-1)!}.`;
    throw invalidRequest(sentence, `${where}.role`, "invalid_value");
  }
  if (typeof content !== "string" && !Array.isArray(content)) {
    const sentence = `Invalid type for '${where}.content': expected one of an array of objects or string.`;
    throw invalidRequest(sentence, `${where}.content`, "invalid_type");
  }
  const text = typeof content === "string" ? content : textOfParts(content);
  return { role, text, learned: false, ...besideText(item) };
}

/** Both sentences are quoted in public reports. */
function requireAnsweredCalls(items: Item[]): void {
  const callId = ({ call_id: id }: Item): string => String(id);
  const calls = items.filter(({ type }) => type === "function_call").map(callId);
  const outputs = items.filter(({ type }) => type === "function_call_output").map(callId);
  const open = calls.find((id) => !outputs.includes(id));
  if (open !== undefined) throw invalidRequest(`No tool output found for function call ${open}.`, "input");
  const stray = outputs.find((id) => !calls.includes(id));
  if (stray !== undefined)
    throw invalidRequest(`No tool call found for function call output with call_id ${stray}.`, "input");
}
