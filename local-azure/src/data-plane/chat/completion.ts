import type { Flavour } from "../api/flavour";
import { newId } from "./call-id";
import type { ChatRequest } from "./chat-request";
import type { Completion } from "./complete";
import type { FinishedAnswer, MadeCall } from "./finish";
import { pieces } from "./pieces";

/** What the request says of the form of its answer. */
type Form = Pick<ChatRequest, "includeUsage" | "legacyCalls">;

function usageOf({ tokens: { prompt, completion } }: Completion): Record<string, unknown> {
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

/** Calls as the API writes them; `function_call` knows one. */
function callsOf({ calls }: FinishedAnswer, { legacyCalls }: Form): Record<string, unknown> {
  const [first] = calls;
  if (!first) return {};
  return legacyCalls ? { function_call: functionOf(first) } : { tool_calls: calls.map(toolCallOf) };
}

function functionOf({ name, arguments: given }: MadeCall): Record<string, unknown> {
  return { name, arguments: given };
}

function toolCallOf(call: MadeCall): Record<string, unknown> {
  return { id: call.id, type: "function", function: functionOf(call) };
}

function finishReasonOf({ finishReason }: FinishedAnswer, { legacyCalls }: Form): string {
  return finishReason === "tool_calls" && legacyCalls ? "function_call" : finishReason;
}

export function wholeBody(completion: Completion, form: Form): Record<string, unknown> {
  return {
    ...head(completion, newId("chatcmpl-"), "chat.completion"),
    prompt_filter_results: promptFilterResults(completion),
    choices: completion.choices.map((answer, index) => {
      const { text, calls, odds, finishReason } = answer;
      // An answer that was filtered is not sent at all where it isn't streamed (Microsoft's page on content filtering).
      const content = finishReason === "content_filter" ? "" : text === "" && calls.length > 0 ? null : text;
      return {
        index,
        message: { role: "assistant", content, refusal: null, annotations: [], ...callsOf(answer, form) },
        finish_reason: finishReasonOf(answer, form),
        logprobs: odds === undefined ? null : { content: odds, refusal: null },
        content_filter_results: calls.length > 0 ? {} : completion.filter.answer,
      };
    }),
    usage: usageOf(completion),
  };
}

/** Server-sent events of the answer, in the order of the real service. */
export function* streamEvents(completion: Completion, form: Form, flavour: Flavour): Generator<string> {
  const id = newId("chatcmpl-");
  const start = head(completion, id, "chat.completion.chunk");
  const usage = form.includeUsage ? { usage: null } : {};
  const chunk = (choices: unknown[], more: Record<string, unknown> = {}): string =>
    event({ ...start, choices, ...usage, ...more });
  // The dated API begins with the result of the prompt's content filter, in a chunk without choices whose members are empty (recorded,
  // against its own schema). v1 is taken to send it too [guess], in a chunk that its schema allows.
  const dated = { choices: [], created: 0, id: "", model: "", object: "" };
  const first = flavour.kind === "v1" ? { ...start, choices: [] } : dated;
  yield event({ ...first, prompt_filter_results: promptFilterResults(completion) });
  for (const [index, answer] of completion.choices.entries()) {
    for (const { delta, odds = null } of deltasOf(answer, form)) {
      const results = delta.content ? completion.filter.answer : {};
      yield chunk([{ index, delta, finish_reason: null, logprobs: odds, content_filter_results: results }]);
    }
    const results = answer.finishReason === "content_filter" ? completion.filter.answer : {};
    const finish_reason = finishReasonOf(answer, form);
    yield chunk([{ index, delta: {}, finish_reason, logprobs: null, content_filter_results: results }]);
  }
  if (form.includeUsage) yield chunk([], { usage: usageOf(completion) });
  yield "data: [DONE]\n\n";
}

interface Delta {
  delta: Record<string, unknown>;
  odds?: unknown;
}

function* deltasOf(answer: FinishedAnswer, { legacyCalls }: Form): Generator<Delta> {
  const { calls } = answer;
  yield { delta: { role: "assistant", content: calls.length > 0 ? null : "", refusal: null } };
  for (const { piece, odds } of pieces(answer))
    yield { delta: { content: piece }, ...(odds ? { odds: { content: odds, refusal: null } } : {}) };
  if (legacyCalls) yield* legacyDeltas(calls[0]);
  else for (const [at, call] of calls.entries()) yield* callDeltas(call, at);
}

function* callDeltas({ id, name, arguments: given }: MadeCall, index: number): Generator<Delta> {
  yield { delta: { tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] } };
  for (const { piece } of pieces({ text: given, odds: undefined }))
    yield { delta: { tool_calls: [{ index, function: { arguments: piece } }] } };
}

function* legacyDeltas(call: MadeCall | undefined): Generator<Delta> {
  if (!call) return;
  yield { delta: { function_call: { name: call.name, arguments: "" } } };
  for (const { piece } of pieces({ text: call.arguments, odds: undefined }))
    yield { delta: { function_call: { arguments: piece } } };
}

function head({ created, model, fingerprint }: Completion, id: string, object: string): Record<string, unknown> {
  return { id, object, created, model, system_fingerprint: fingerprint };
}

function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
