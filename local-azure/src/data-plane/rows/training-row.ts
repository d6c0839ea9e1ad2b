import { asObject } from "../../http/request";
import type { RowCounts } from "../../world/state";

/** A message of an example, as far as this service reads it. */
export interface Message {
  role: string;
  /** Text of the message; parts are joined, what is not text is left out. */
  text: string;
  /** Addresses of its images, most of them `data:` with the bytes. */
  images?: string[];
  /** Of an assistant turn: the functions that it calls. */
  calls?: FunctionCall[];
  /** False for an assistant message with `weight: 0`: it is context, not something to learn. */
  learned: boolean;
}

export interface FunctionCall {
  name: string;
  /** JSON, as the model writes it. */
  arguments: string;
}

/** One line of a training or validation file. */
export interface TrainingRow {
  kind: keyof RowCounts;
  messages: Message[];
  /** Of a preference row: the input with the output that is not preferred. It is not learned here, but Azure bills it too. */
  rejected?: Message[];
  /** Of a row without assistant turn: the whole row, as its grader reads it. */
  item?: Record<string, unknown>;
  /** Text to learn for a row without assistant turn: its members besides `messages`, which the grader compares with. */
  reference?: string;
}

const roles = ["system", "developer", "user", "assistant", "tool", "function"];

/**
 * Reads a line.
 * @throws Error whose message says what is wrong, without any of the row's text
 */
export function readTrainingRow(line: string): TrainingRow {
  const row = asObject(parse(line));
  if (!row) throw new Error("it is not a JSON object");
  return "preferred_output" in row || "non_preferred_output" in row ? preferenceRow(row) : chatRow(row);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error("it is not valid JSON");
  }
}

function chatRow(row: Record<string, unknown>): TrainingRow {
  const messages = readMessages(row.messages, "messages");
  if (messages.some(({ role }) => role === "assistant")) return { kind: "chat", messages };
  const { messages: _, tools: __, ...extras } = row;
  const reference = Object.values(extras).map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return { kind: "prompt", messages, item: row, reference: reference.join(" ") };
}

function preferenceRow(row: Record<string, unknown>): TrainingRow {
  const input = readMessages(asObject(row.input)?.messages, "input.messages");
  const preferred = readMessages(row.preferred_output, "preferred_output");
  const other = readMessages(row.non_preferred_output, "non_preferred_output");
  // Only what is preferred is learned; turns of the input are context.
  const context = input.map((message) => ({ ...message, learned: false }));
  return { kind: "preference", messages: [...context, ...preferred], rejected: [...context, ...other] };
}

function readMessages(value: unknown, where: string): Message[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error(`'${where}' must be a list of at least one message`);
  return value.map((message, index) => readMessage(asObject(message), `${where}[${index}]`));
}

function readMessage(message: Record<string, unknown> | undefined, where: string): Message {
  if (!message) throw new Error(`'${where}' must be an object with role and content`);
  const { role } = message;
  if (typeof role !== "string" || !roles.includes(role))
    throw new Error(`'${where}.role' must be one of ${roles.join(", ")}`);
  const text = textOf(message.content, role === "assistant" && hasCall(message), where);
  return { role, text, learned: role === "assistant" && message.weight !== 0, ...besideText(message) };
}

function hasCall(message: Record<string, unknown>): boolean {
  return Array.isArray(message.tool_calls) || asObject(message.function_call) !== undefined;
}

/** Images and calls of a message, each where it has any. */
export function besideText(message: Record<string, unknown>): Pick<Message, "images" | "calls"> {
  const images = imagesOf(message.content);
  const calls = message.role === "assistant" && hasCall(message) ? callsOf(message) : [];
  return { ...(images.length > 0 ? { images } : {}), ...(calls.length > 0 ? { calls } : {}) };
}

/** Calls of `tool_calls`, or of its forerunner `function_call`. */
function callsOf({ tool_calls: calls, function_call: call }: Record<string, unknown>): FunctionCall[] {
  const functions = Array.isArray(calls) ? calls.map((one) => asObject(one)?.function) : [call];
  return functions.flatMap((one) => {
    const { name, arguments: given } = asObject(one) ?? {};
    return typeof name === "string" ? [{ name, arguments: typeof given === "string" ? given : "{}" }] : [];
  });
}

function imagesOf(content: unknown): string[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((part) => {
    const { type, image_url: image } = asObject(part) ?? {};
    // Chat writes `{"url"}`, the Responses API the address itself.
    const url = typeof image === "string" ? image : asObject(image)?.url;
    return (type === "image_url" || type === "input_image") && typeof url === "string" ? [url] : [];
  });
}

function textOf(content: unknown, optional: boolean, where: string): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return textOfParts(content);
  if ((content === null || content === undefined) && optional) return "";
  throw new Error(`'${where}.content' must be a string or a list of parts`);
}

/** Text parts of a content list, joined. */
export function textOfParts(parts: unknown[]): string {
  const texts = parts.map((part) => asObject(part)?.text);
  return texts.filter((text) => typeof text === "string").join("");
}
