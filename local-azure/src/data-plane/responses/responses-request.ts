import { asObject, bodyObject } from "../../http/request";
import type { Functions, OfferedFunction } from "../answering/functions";
import type { Call } from "../api/call";
import { invalidRequest } from "../chat/chat-error";
import { readSampling, type ModelRequest } from "../chat/chat-request";
import { readFlag, readNumber, readOneOf } from "../chat/parameters";
import { jsonObject, readNamedSchema, type ResponseFormat } from "../chat/response-format";
import { readChoice, readFunction } from "../chat/tools";
import type { Message } from "../rows/training-row";
import { itemsUntil, resolved } from "./conversation";
import { itemsOf, messagesOf, type Item } from "./input-items";

export interface ResponsesRequest extends ModelRequest {
  /** The deployment's name. */
  model: string;
  /** Items of this request alone. */
  input: Item[];
  previous: string | undefined;
  store: boolean;
}

/** Members that are taken: those of openai 6.49's types, but for `conversation` and `prompt`, whose objects this service does not have. */
const known = (
  "background context_management include input instructions max_output_tokens max_tool_calls metadata model moderation parallel_tool_calls " +
  "previous_response_id prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier service_tier store " +
  "stream stream_options temperature text tool_choice tools top_logprobs top_p truncation user"
).split(" ");

/** @throws AzureError 400 with the name of the member at fault; texts: the OpenAI API's, as public reports have them */
export function readResponsesRequest(call: Call): ResponsesRequest {
  const body = bodyObject(call.request);
  requireMembers(body);
  const previous = typeof body.previous_response_id === "string" ? body.previous_response_id : undefined;
  if (body.input === undefined && previous === undefined) {
    const sentence = `One of "input" or "previous_response_id" or 'prompt' or 'conversation_id' must be provided.`;
    throw invalidRequest(sentence, "input", "missing_required_parameter");
  }
  if (typeof body.model !== "string")
    throw invalidRequest("Missing required parameter: 'model'.", "model", "missing_required_parameter");
  const input = resolved(call, itemsOf(body.input ?? []));
  const before = previous === undefined ? [] : itemsUntil(call, previous);
  const messages = [...instructionsOf(body), ...messagesOf([...before, ...input])];
  const tokens = readNumber(body.max_output_tokens, "max_output_tokens", { least: 16, whole: true });
  return {
    model: body.model,
    input,
    previous,
    store: readFlag(body.store, "store") !== false,
    messages,
    names: [],
    maxTokens: tokens === undefined ? undefined : { name: "max_output_tokens", tokens },
    stop: [],
    format: readFormat(asObject(body.text)?.format, messages),
    functions: readFunctions(body),
    n: 1,
    ...readSampling(body),
    seed: undefined,
    alternatives: readAlternatives(body),
    stream: readFlag(body.stream, "stream") === true,
    given: body,
  };
}

function requireMembers(body: Record<string, unknown>): void {
  if ("messages" in body) {
    const sentence =
      "Unsupported parameter: 'messages'. In the Responses API, this parameter has moved to 'input'. Try again with the new parameter. " +
      "See the API documentation for more information: https://platform.openai.com/docs/api-reference/responses/create.";
    throw invalidRequest(sentence, null, "unsupported_parameter");
  }
  const unknown = Object.keys(body).find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalidRequest(`Unknown parameter: '${unknown}'.`, unknown, "unknown_parameter");
}

/** They hold for this request alone: a response that follows has its own. */
function instructionsOf({ instructions }: Record<string, unknown>): Message[] {
  return typeof instructions === "string" && instructions !== ""
    ? [{ role: "system", text: instructions, learned: false }]
    : [];
}

function readFormat(value: unknown, messages: Message[]): ResponseFormat {
  if (value === undefined || value === null) return { type: "text" };
  const format = asObject(value);
  const type = readOneOf(format?.type, "text.format.type", ["json_object", "json_schema", "text"]);
  if (type === "json_schema") return { type, ...readNamedSchema(format, "response_format", "text.format") };
  return type === "json_object" ? jsonObject(messages, "input", "text.format") : { type };
}

function readFunctions(body: Record<string, unknown>): Functions {
  const given = Array.isArray(body.tools) ? (body.tools as unknown[]) : [];
  const all = given.map((tool, index) => readTool(asObject(tool), `tools[${index}]`));
  const allowed = allowedTools(body.tool_choice);
  const offered = allowed ? all.filter(({ name }) => allowed.names.includes(name)) : all;
  const choice = readChoice(allowed ? allowed.mode : body.tool_choice, offered);
  const parallel = readFlag(body.parallel_tool_calls, "parallel_tool_calls") !== false;
  return { offered, choice, parallel };
}

function readTool(tool: Record<string, unknown> | undefined, where: string): OfferedFunction {
  if (tool?.type === "function") return readFunction(tool, where, "tools");
  const sentence = `The tool type '${String(tool?.type)}' is not supported by this rehearsal; the only one is 'function'.`;
  throw invalidRequest(sentence, where, "invalid_value");
}

/** `{"type": "allowed_tools", "mode", "tools": [{"type": "function", "name"}]}`: only these, and whether one must be called. */
function allowedTools(choice: unknown): { mode: unknown; names: unknown[] } | undefined {
  const { type, mode, tools } = asObject(choice) ?? {};
  if (type !== "allowed_tools" || !Array.isArray(tools)) return undefined;
  return { mode, names: tools.map((tool) => asObject(tool)?.name) };
}

function readAlternatives({ top_logprobs: top, include }: Record<string, unknown>): number | undefined {
  const alternatives = readNumber(top, "top_logprobs", { least: 0, most: 20, whole: true });
  const asked = Array.isArray(include) && include.includes("message.output_text.logprobs");
  return asked || alternatives ? (alternatives ?? 0) : undefined;
}
