import { bodyObject } from "../../http/request";
import type { Message } from "../rows/training-row";
import type { Call } from "../api/call";
import { invalidRequest } from "./chat-error";
import { namesIn, readMessages } from "./chat-messages";
import { readResponseFormat, type ResponseFormat } from "./response-format";
import { readTools, type Tools } from "./tools";

export interface ChatRequest {
  messages: Message[];
  /** Names of participants, which count as tokens. */
  names: string[];
  /** `model` of the body: the deployment's name in v1. */
  model: string | undefined;
  maxTokens: number | undefined;
  stop: string[];
  responseFormat: ResponseFormat;
  tools: Tools;
  n: number;
  stream: boolean;
  includeUsage: boolean;
  /** Members of the body, for what a model doesn't take. */
  given: Record<string, unknown>;
}

/** @throws AzureError 400 with the name of the member at fault */
export function readChatRequest(call: Call): ChatRequest {
  const body = bodyObject(call.request);
  const messages = readMessages(body.messages);
  const n = readNumber(body.n, "n", 1, 128, true) ?? 1;
  readNumber(body.temperature, "temperature", 0, 2, false);
  readNumber(body.top_p, "top_p", 0, 1, false);
  readNumber(body.presence_penalty, "presence_penalty", -2, 2, false);
  readNumber(body.frequency_penalty, "frequency_penalty", -2, 2, false);
  return {
    messages,
    names: namesIn(body.messages as unknown[]),
    model: typeof body.model === "string" ? body.model : undefined,
    maxTokens:
      readNumber(body.max_completion_tokens, "max_completion_tokens", 1, 16_384, true) ??
      readNumber(body.max_tokens, "max_tokens", 1, 16_384, true),
    stop: readStop(body.stop),
    responseFormat: readResponseFormat(body.response_format, messages),
    tools: readTools(body),
    n,
    stream: body.stream === true,
    includeUsage: (body.stream_options as { include_usage?: unknown } | undefined)?.include_usage === true,
    given: body,
  };
}

function readStop(value: unknown): string[] {
  const stops: unknown = typeof value === "string" ? [value] : (value ?? []);
  if (!Array.isArray(stops) || stops.length > 4 || !stops.every((stop) => typeof stop === "string"))
    throw invalidRequest("'stop' must be a text or a list of up to 4 texts", "stop");
  return stops.filter((stop) => stop !== "");
}

function readNumber(value: unknown, name: string, least: number, most: number, whole: boolean): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || value < least || value > most || (whole && !Number.isInteger(value))) {
    throw invalidRequest(
      `${JSON.stringify(value)} is not ${whole ? "a whole number" : "a number"} from ${least} to ${most} - '${name}'`,
      name,
    );
  }
  return value;
}
