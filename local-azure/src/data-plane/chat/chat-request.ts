import { asObject, bodyObject } from "../../http/request";
import { AzureError } from "../../http/azure-error";
import { textOfParts, type Message } from "../rows/training-row";
import type { Call } from "../api/call";

export interface ChatRequest {
  messages: Message[];
  /** Names of participants, which count as tokens. */
  names: string[];
  /** `model` of the body: the deployment's name in v1. */
  model: string | undefined;
  maxTokens: number | undefined;
  stop: string[];
  n: number;
  stream: boolean;
  includeUsage: boolean;
}

const roles = ["system", "developer", "user", "assistant", "tool", "function"];

/** @throws AzureError 400 with the name of the member at fault */
export function readChatRequest(call: Call): ChatRequest {
  const body = bodyObject(call.request);
  if (!Array.isArray(body.messages) || body.messages.length === 0) {
    throw invalidRequest("'messages' is a required property", "messages");
  }
  const n = readNumber(body.n, "n", 1, 128, true) ?? 1;
  readNumber(body.temperature, "temperature", 0, 2, false);
  readNumber(body.top_p, "top_p", 0, 1, false);
  const messages = body.messages.map((message, index) => readMessage(asObject(message), index));
  return {
    messages,
    names: body.messages.flatMap((message) => {
      const name = asObject(message)?.name;
      return typeof name === "string" ? [name] : [];
    }),
    model: typeof body.model === "string" ? body.model : undefined,
    maxTokens:
      readNumber(body.max_completion_tokens, "max_completion_tokens", 1, 16_384, true) ??
      readNumber(body.max_tokens, "max_tokens", 1, 16_384, true),
    stop: readStop(body.stop),
    n,
    stream: body.stream === true,
    includeUsage: asObject(body.stream_options)?.include_usage === true,
  };
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
  if (typeof content === "string" || content === null || content === undefined) {
    return { role, text: content ?? "", learned: false };
  }
  if (Array.isArray(content)) {
    return { role, text: textOfParts(content), learned: false };
  }
  throw invalidRequest(`'messages.${index}.content' must be a text or a list of parts`, "messages");
}

function readStop(value: unknown): string[] {
  const stops: unknown = typeof value === "string" ? [value] : (value ?? []);
  if (!Array.isArray(stops) || stops.length > 4 || !stops.every((stop) => typeof stop === "string")) {
    throw invalidRequest("'stop' must be a text or a list of up to 4 texts", "stop");
  }
  return stops.filter((stop) => stop !== "");
}

function readNumber(value: unknown, name: string, least: number, most: number, whole: boolean): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== "number" || value < least || value > most || (whole && !Number.isInteger(value))) {
    throw invalidRequest(
      `${JSON.stringify(value)} is not ${whole ? "a whole number" : "a number"} from ${least} to ${most} - '${name}'`,
      name,
    );
  }
  return value;
}

function invalidRequest(message: string, param: string): AzureError {
  return new AzureError(400, "invalid_request_error", message, {}, { param });
}
