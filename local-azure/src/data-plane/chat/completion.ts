import type { Flavour } from "../api/flavour";
import { seconds } from "../api/unix-time";
import { countTokens } from "../training/tokenizer";
import { TOKENS_PER_EXAMPLE, TOKENS_PER_MESSAGE } from "../training/token-sequence";
import type { FinishedText } from "./answer";
import { newId } from "./call-id";
import type { ChatRequest } from "./chat-request";
import type { FilterResults } from "./content-filter";

/** A finished answer, to be sent whole or in pieces. */
export interface Completion {
  id: string;
  created: number;
  model: string;
  choices: FinishedText[];
  usage: Record<string, unknown>;
  /** What the content filter says of prompt and answer. */
  filter: { prompt: FilterResults; answer: FilterResults };
}

/** Tokens of the request: of o200k_base, with the frame of messages as the published recipe counts it. */
export function promptTokensOf({ messages, names }: ChatRequest): number {
  return (
    messages.reduce((sum, { role, text }) => sum + TOKENS_PER_MESSAGE + countTokens(role) + countTokens(text), 0) +
    names.reduce((sum, name) => sum + 1 + countTokens(name), 0) +
    TOKENS_PER_EXAMPLE
  );
}

export function completionOf(
  promptTokens: number,
  model: string,
  choices: FinishedText[],
  filter: Completion["filter"],
  now: number,
): Completion {
  const usage = usageOf(promptTokens, choices);
  return { id: newId("chatcmpl-"), created: seconds(now), model, choices, usage, filter };
}

function usageOf(prompt: number, choices: FinishedText[]): Record<string, unknown> {
  const completion = choices.reduce((sum, { text, toolCalls }) => {
    const called = toolCalls.reduce((count, call) => count + countTokens(call.name) + countTokens(call.arguments), 0);
    return sum + countTokens(text) + called;
  }, 0);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function promptFilterResults({ filter }: Completion): unknown[] {
  return [{ prompt_index: 0, content_filter_results: filter.prompt }];
}

/** A call as the API writes it. */
function wireCall({ id, name, arguments: given }: FinishedText["toolCalls"][number]): Record<string, unknown> {
  return { id, type: "function", function: { name, arguments: given } };
}

export function wholeBody(completion: Completion): Record<string, unknown> {
  return {
    ...head(completion, "chat.completion"),
    prompt_filter_results: promptFilterResults(completion),
    choices: completion.choices.map(({ text, finishReason, toolCalls }, index) => ({
      index,
      message: {
        role: "assistant",
        // An answer that was filtered is not sent at all where it isn't streamed (Microsoft's page on content filtering).
        content: toolCalls.length > 0 ? null : finishReason === "content_filter" ? "" : text,
        refusal: null,
        ...(toolCalls.length > 0 ? { tool_calls: toolCalls.map(wireCall) } : {}),
      },
      finish_reason: finishReason,
      logprobs: null,
      content_filter_results: toolCalls.length > 0 ? {} : completion.filter.answer,
    })),
    usage: completion.usage,
  };
}

/** Server-sent events of the answer, in the order of the real service. */
export function* streamEvents(
  completion: Completion,
  { includeUsage, flavour }: { includeUsage: boolean; flavour: Flavour },
): Generator<string> {
  const chunk = (choices: unknown[], more: Record<string, unknown> = {}): string =>
    event({ ...head(completion, "chat.completion.chunk"), choices, ...(includeUsage ? { usage: null } : {}), ...more });
  // The dated API begins with the result of the prompt's content filter, in a chunk without choices whose members are empty (recorded,
  // against its own schema). v1 is taken to send it too [guess], in a chunk that its schema allows.
  const dated = { choices: [], created: 0, id: "", model: "", object: "" };
  const first = flavour.kind === "v1" ? { ...head(completion, "chat.completion.chunk"), choices: [] } : dated;
  yield event({ ...first, prompt_filter_results: promptFilterResults(completion) });
  const choice = (index: number, delta: Record<string, unknown>, finishReason: string | null): unknown => ({
    index,
    delta,
    finish_reason: finishReason,
    logprobs: null,
    content_filter_results:
      (finishReason === null && delta.content) || finishReason === "content_filter" ? completion.filter.answer : {},
  });
  for (const [index, { text, finishReason, toolCalls }] of completion.choices.entries()) {
    const content = toolCalls.length > 0 ? null : "";
    yield chunk([choice(index, { role: "assistant", content, refusal: null }, null)]);
    for (const [at, call] of toolCalls.entries()) {
      const { id, name } = call;
      const begin = { index: at, id, type: "function", function: { name, arguments: "" } };
      yield chunk([choice(index, { tool_calls: [begin] }, null)]);
      for (const piece of pieces(call.arguments))
        yield chunk([choice(index, { tool_calls: [{ index: at, function: { arguments: piece } }] }, null)]);
    }
    for (const piece of pieces(text)) yield chunk([choice(index, { content: piece }, null)]);
    yield chunk([choice(index, {}, finishReason)]);
  }
  if (includeUsage) yield chunk([], { usage: completion.usage });
  yield "data: [DONE]\n\n";
}

function head({ id, created, model }: Completion, object: string): Record<string, unknown> {
  return { id, object, created, model, system_fingerprint: "fp_rehearsal" };
}

function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** Words with the space after them; text without spaces in runs of a few characters. */
function pieces(text: string): string[] {
  return text.match(/[\u0000-\u2FFF]*?\s+|[^\s]{1,8}/gu) ?? [];
}
