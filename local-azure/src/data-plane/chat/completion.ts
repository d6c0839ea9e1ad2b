import { randomBytes } from "node:crypto";
import type { Flavour } from "../api/flavour";
import { seconds } from "../api/unix-time";
import { countTokens } from "../training/tokenizer";
import { tokensPerExample, tokensPerMessage } from "../training/token-sequence";
import type { FinishedText } from "./answer";
import type { ChatRequest } from "./chat-request";

/** A finished answer, to be sent whole or in pieces. */
export interface Completion {
  id: string;
  created: number;
  model: string;
  choices: FinishedText[];
  usage: Record<string, unknown>;
}

/** Tokens of the request: of o200k_base, with the frame of messages as the published recipe counts it. */
export function promptTokensOf({ messages, names }: ChatRequest): number {
  return (
    messages.reduce((sum, { role, text }) => sum + tokensPerMessage + countTokens(role) + countTokens(text), 0) +
    names.reduce((sum, name) => sum + 1 + countTokens(name), 0) +
    tokensPerExample
  );
}

export function completionOf(promptTokens: number, model: string, choices: FinishedText[], now: number): Completion {
  const id = `chatcmpl-${randomBytes(22).toString("base64url").replace(/[-_]/g, "x").slice(0, 29)}`;
  return { id, created: seconds(now), model, choices, usage: usageOf(promptTokens, choices) };
}

function usageOf(prompt: number, choices: FinishedText[]): Record<string, unknown> {
  const completion = choices.reduce((sum, { text }) => sum + countTokens(text), 0);
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

/** Content filters find nothing here: no text is judged. */
function filterResults(): Record<string, unknown> {
  const safe = { filtered: false, severity: "safe" };
  return { hate: safe, self_harm: safe, sexual: safe, violence: safe };
}

function promptFilterResults(): unknown[] {
  return [{ prompt_index: 0, content_filter_results: filterResults() }];
}

export function wholeBody(completion: Completion): Record<string, unknown> {
  return {
    ...head(completion, "chat.completion"),
    prompt_filter_results: promptFilterResults(),
    choices: completion.choices.map(({ text, finishReason }, index) => ({
      index,
      message: { role: "assistant", content: text, refusal: null },
      finish_reason: finishReason,
      logprobs: null,
      content_filter_results: filterResults(),
    })),
    usage: completion.usage,
  };
}

/** Server-sent events of the answer, in the order of the real service. */
export function* streamEvents(completion: Completion, flavour: Flavour, includeUsage: boolean): Generator<string> {
  const chunk = (choices: unknown[], more: Record<string, unknown> = {}): string =>
    event({ ...head(completion, "chat.completion.chunk"), choices, ...(includeUsage ? { usage: null } : {}), ...more });
  if (flavour.kind === "dated") {
    // The dated API begins with the result of the prompt's content filter, in a chunk without choices.
    const empty = { choices: [], created: 0, id: "", model: "", object: "" };
    yield event({ ...empty, prompt_filter_results: promptFilterResults() });
  }
  const choice = (index: number, delta: Record<string, unknown>, finishReason: string | null): unknown => ({
    index,
    delta,
    finish_reason: finishReason,
    logprobs: null,
    content_filter_results: finishReason === null && delta.content ? filterResults() : {},
  });
  for (const [index, { text, finishReason }] of completion.choices.entries()) {
    yield chunk([choice(index, { role: "assistant", content: "", refusal: null }, null)]);
    for (const piece of pieces(text)) {
      yield chunk([choice(index, { content: piece }, null)]);
    }
    yield chunk([choice(index, {}, finishReason)]);
  }
  if (includeUsage) {
    yield chunk([], { usage: completion.usage });
  }
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
