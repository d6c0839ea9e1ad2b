import { asObject, bodyObject } from "../../http/request";
import type { Functions } from "../answering/functions";
import type { Message } from "../rows/training-row";
import type { Call } from "../api/call";
import { invalidRequest } from "./chat-error";
import { namesIn, readMessages } from "./chat-messages";
import { requireKnownArguments } from "./known-arguments";
import { readFlag, readNumber } from "./parameters";
import { readResponseFormat, type ResponseFormat } from "./response-format";
import { readFunctions } from "./tools";

/** What a model is asked, whichever API asked it. */
export interface ModelRequest {
  messages: Message[];
  /** Names of participants, which count as tokens. */
  names: string[];
  /** Tokens of an answer at most, and the member that says so. */
  maxTokens: { name: string; tokens: number } | undefined;
  stop: string[];
  format: ResponseFormat;
  functions: Functions;
  n: number;
  temperature: number | undefined;
  seed: number | undefined;
  /** Number of alternatives to show beside each token; undefined: no log probabilities. */
  alternatives: number | undefined;
  stream: boolean;
  /** Members of the body, for what a model doesn't take. */
  given: Record<string, unknown>;
}

export interface ChatRequest extends ModelRequest {
  /** `model` of the body: the deployment's name in v1. */
  model: string | undefined;
  includeUsage: boolean;
  /** Whether calls are written as `function_call`, the forerunner of `tool_calls`. */
  legacyCalls: boolean;
}

const MAX_CHOICES = 128;
const SEEDS = { least: Number.MIN_SAFE_INTEGER, whole: true };

/** @throws AzureError 400 with the name of the member at fault */
export function readChatRequest(call: Call): ChatRequest {
  const body = bodyObject(call.request);
  requireKnownArguments(body, call.flavour);
  const messages = readMessages(body.messages);
  const sampling = readSampling(body);
  for (const name of ["presence_penalty", "frequency_penalty"]) readNumber(body[name], name, { least: -2, most: 2 });
  const stream = readFlag(body.stream, "stream") === true;
  return {
    messages,
    names: namesIn(body.messages as unknown[]),
    model: typeof body.model === "string" ? body.model : undefined,
    maxTokens: readMaxTokens(body),
    stop: readStop(body.stop),
    format: readResponseFormat(body.response_format, messages, call.flavour),
    ...readFunctions(body),
    n: readNumber(body.n, "n", { least: 1, most: MAX_CHOICES, whole: true }) ?? 1,
    ...sampling,
    seed: readNumber(body.seed, "seed", SEEDS),
    alternatives: readAlternatives(body),
    stream,
    includeUsage: readIncludeUsage(body.stream_options, stream),
    given: body,
  };
}

/** @throws AzureError 400 */
export function readSampling(body: Record<string, unknown>): Pick<ModelRequest, "temperature"> {
  readNumber(body.top_p, "top_p", { least: 0, most: 1 });
  return { temperature: readNumber(body.temperature, "temperature", { least: 0, most: 2 }) };
}

/** Text: the OpenAI API's. */
function readMaxTokens(body: Record<string, unknown>): ModelRequest["maxTokens"] {
  const names = ["max_completion_tokens", "max_tokens"].filter((name) => typeof body[name] === "number");
  const [name = "max_tokens"] = names;
  if (names.length > 1) {
    const sentence = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
    throw invalidRequest(sentence, "max_tokens", "invalid_parameter_combination");
  }
  for (const other of ["max_completion_tokens", "max_tokens"])
    readNumber(body[other], other, { least: 1, whole: true });
  return names.length > 0 ? { name, tokens: body[name] as number } : undefined;
}

function readAlternatives(body: Record<string, unknown>): number | undefined {
  const logprobs = readFlag(body.logprobs, "logprobs") === true;
  const alternatives = readNumber(body.top_logprobs, "top_logprobs", { least: 0, most: 20, whole: true });
  if (alternatives !== undefined && !logprobs)
    throw invalidRequest("The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", "top_logprobs");
  return logprobs ? (alternatives ?? 0) : undefined;
}

function readIncludeUsage(options: unknown, stream: boolean): boolean {
  if (options === undefined || options === null) return false;
  if (!stream)
    throw invalidRequest("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options");
  return asObject(options)?.include_usage === true;
}

function readStop(value: unknown): string[] {
  const stops: unknown = typeof value === "string" ? [value] : (value ?? []);
  if (!Array.isArray(stops) || stops.length > 4 || !stops.every((stop) => typeof stop === "string"))
    throw invalidRequest("'stop' must be a string or a list of up to 4 strings", "stop");
  return stops.filter((stop) => stop !== "");
}
