import { isObject, type JsonObject, keyName, kindOf, shown } from "../rules/row-rules";
import { Fields, refuseRest, RowRefusal } from "./fields";
import { roleKeys, textKeys } from "./turn-list";

const roles: Readonly<Record<string, string>> = {
  ...{ system: "system", developer: "developer", user: "user", assistant: "assistant", tool: "tool" },
  ...{ human: "user", prompter: "user", customer: "user" },
  ...{
    gpt: "assistant",
    model: "assistant",
    bot: "assistant",
    chatbot: "assistant",
    ai: "assistant",
    agent: "assistant",
  },
  ...{ chatgpt: "assistant", bing: "assistant", bard: "assistant" },
};
/** Turns of any of the known forms as messages of the chat format. */
export function messagesOfTurns(turns: readonly unknown[], where: string, dropped: ReadonlySet<string>): JsonObject[] {
  const messages: JsonObject[] = [];
  const open: string[] = [];
  let calls = 0;
  for (const [index, turn] of turns.entries()) {
    const place = `${where}[${index}]`;
    if (!isObject(turn)) throw new RowRefusal(`${place} is ${kindOf(turn)}; expected a turn with its speaker.`);
    const fields = new Fields(turn, place);
    const speaker = fields.text(...roleKeys);
    const name = speaker.toLowerCase();
    if (name === "function_call" || name === "observation" || name === "function_response") {
      const value = fields.text(...textKeys);
      if (name === "function_call") {
        const toolCalls = toolCallsOf(value, place, () => `call_${++calls}`);
        open.push(...toolCalls.map(({ id }) => id));
        messages.push({ role: "assistant", tool_calls: toolCalls });
      } else {
        const id = open.shift();
        if (id === undefined) throw new RowRefusal(`${place} is a function's result, but no call comes before it.`);
        messages.push({ role: "tool", tool_call_id: id, content: value });
      }
      refuseRest(fields.rest(), place, dropped);
      continue;
    }
    const role = Object.hasOwn(roles, name) ? roles[name] : undefined;
    if (role === undefined) {
      throw new RowRefusal(
        `${place}: the speaker is ${shown(speaker)}; expected system, developer, user, assistant or tool.`,
      );
    }
    const message: JsonObject = { role };
    const content = fields.take(...textKeys);
    if (content !== undefined) message.content = contentOf(content, role, place);
    for (const key of ["name", "weight", "tool_calls", "tool_call_id", "function_call", "refusal"]) {
      const value = fields.take(key);
      if (value !== undefined && value !== null) message[key] = value;
    }
    refuseRest(fields.rest(), place, dropped);
    messages.push(message);
  }
  return messages;
}

/** Content blocks of other vendors that are nothing but text become text; what is more is refused. */
function contentOf(content: unknown, role: string, where: string): unknown {
  if (!Array.isArray(content)) return content;
  const parts = (content as unknown[]).map((part, index) => partOf(part, `${where}.content[${index}]`));
  const texts = parts.filter((part) => part.type === "text");
  if (texts.length < parts.length) return parts;
  return role === "assistant" || texts.length === 1 ? texts.map(({ text }) => text).join("") : parts;
}

function partOf(part: unknown, where: string): JsonObject {
  if (typeof part === "string") return { type: "text", text: part };
  if (!isObject(part)) throw new RowRefusal(`${where} is ${kindOf(part)}; expected a content part.`);
  const { type, text, ...more } = part;
  const isText = type === undefined || type === "text" || type === "input_text" || type === "output_text";
  if (isText && typeof text === "string" && Object.keys(more).length === 0) return { type: "text", text };
  if (type === "image_url") {
    const image = part.image_url;
    return typeof image === "string" ? { ...part, image_url: { url: image } } : part;
  }
  if (type === "refusal") return part;
  const key = Object.keys(type === undefined ? part : more)[0];
  const what = type === undefined ? `holds ${keyName(key ?? "?")}` : `is of type ${shown(type)}`;
  throw new RowRefusal(`${where} ${what}, which the chat format doesn't support; expected text or image_url.`);
}

interface ToolCall {
  id: string;
  type: "function";
  function: { name: unknown; arguments: string };
}

function toolCallsOf(text: string, where: string, nextId: () => string): ToolCall[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RowRefusal(`${where} is a function call, but its value is not JSON with 'name' and 'arguments'.`);
  }
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map((call) => {
    if (
      !isObject(call) ||
      typeof call.name !== "string" ||
      Object.keys(call).some((key) => key !== "name" && key !== "arguments")
    )
      throw new RowRefusal(`${where} is a function call; expected only 'name' and 'arguments'.`);
    const given = call.arguments ?? {};
    return {
      id: nextId(),
      type: "function",
      function: { name: call.name, arguments: typeof given === "string" ? given : JSON.stringify(given) },
    };
  });
}

/** Definitions of tools: a list, a string that holds one, or bare functions. */
export function toolsOf(value: unknown): unknown[] | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  let list: unknown = value;
  if (typeof list === "string") {
    try {
      list = JSON.parse(list) as unknown;
    } catch {
      throw new RowRefusal("'tools' is a string that is not JSON; expected a list of tool definitions.");
    }
  }
  if (!Array.isArray(list)) throw new RowRefusal(`'tools' is ${kindOf(list)}; expected a list of tool definitions.`);
  if (list.length === 0) return undefined;
  return (list as unknown[]).map((tool) =>
    isObject(tool) && !("function" in tool) && typeof tool.name === "string"
      ? { type: "function", function: tool }
      : tool,
  );
}
