import type { Completion } from "../chat/complete";
import type { FinishedAnswer } from "../chat/finish";
import { itemId } from "./response-id";
import type { ResponsesRequest } from "./responses-request";
import type { StoredResponse } from "./stored-responses";

export type ResponseBody = StoredResponse["response"];

/** What is answered, with the request's members as they count; members without value are null, as the service writes them. */
export function responseBody(id: string, completion: Completion, request: ResponsesRequest): ResponseBody {
  const [answer] = completion.choices as [FinishedAnswer];
  const { prompt, completion: output } = completion.tokens;
  return {
    ...emptyBody(id, completion, request),
    ...ending(answer, completion),
    // The form is that of public logs; v1's schema of it is not at hand.
    content_filters: [
      { blocked: false, source_type: "prompt", content_filter_results: completion.filter.prompt },
      {
        blocked: answer.finishReason === "content_filter",
        source_type: "completion",
        content_filter_results: completion.filter.answer,
      },
    ],
    output: outputItems(id, answer, completion.reasoning),
    usage: {
      input_tokens: prompt,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: prompt + output,
    },
  };
}

/** The response before anything of it is there. */
export function emptyBody(id: string, { created }: Completion, request: ResponsesRequest): ResponseBody {
  const { given, functions, format } = request;
  const value = (name: string, otherwise: unknown = null): unknown => given[name] ?? otherwise;
  return {
    id,
    object: "response",
    created_at: created,
    status: "in_progress",
    background: value("background", false),
    completed_at: null,
    error: null,
    incomplete_details: null,
    instructions: value("instructions"),
    max_output_tokens: value("max_output_tokens"),
    metadata: value("metadata", {}),
    model: request.model,
    output: [],
    parallel_tool_calls: functions.parallel,
    previous_response_id: request.previous ?? null,
    prompt_cache_key: value("prompt_cache_key"),
    reasoning: { effort: null, summary: null, ...(given.reasoning as object | undefined) },
    safety_identifier: value("safety_identifier"),
    service_tier: "default",
    store: request.store,
    temperature: value("temperature", 1),
    text: {
      format: formatOf(format),
      verbosity: (given.text as { verbosity?: string } | undefined)?.verbosity ?? "medium",
    },
    tool_choice: value("tool_choice", "auto"),
    tools: toolsOf(given.tools),
    top_logprobs: value("top_logprobs", 0),
    top_p: value("top_p", 1),
    truncation: value("truncation", "disabled"),
    usage: null,
    user: value("user"),
  };
}

function ending({ finishReason }: FinishedAnswer, { created }: Completion): Record<string, unknown> {
  if (finishReason === "length") return { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
  if (finishReason === "content_filter")
    return { status: "incomplete", incomplete_details: { reason: "content_filter" } };
  return { status: "completed", completed_at: created };
}

function formatOf(format: ResponsesRequest["format"]): Record<string, unknown> {
  if (format.type !== "json_schema") return { type: format.type };
  const { type, name, schema, strict } = format;
  return { type, description: null, name, schema, strict };
}

function toolsOf(tools: unknown): unknown[] {
  if (!Array.isArray(tools)) return [];
  return (tools as object[]).map((tool) => ({ description: null, parameters: null, strict: true, ...tool }));
}

/** Reasoning of a reasoning model (which has none to show here), then the message, then calls. */
function outputItems(id: string, answer: FinishedAnswer, reasoning: boolean): Record<string, unknown>[] {
  const status = answer.finishReason === "stop" || answer.finishReason === "tool_calls" ? "completed" : "incomplete";
  const items: Record<string, unknown>[] = [];
  const next = (prefix: "msg" | "fc" | "rs"): string => itemId(prefix, id, items.length + 1);
  if (reasoning) items.push({ id: next("rs"), type: "reasoning", summary: [] });
  if (answer.text !== "" || answer.calls.length === 0) {
    const content = [{ type: "output_text", annotations: [], logprobs: answer.odds ?? [], text: answer.text }];
    items.push({ id: next("msg"), type: "message", status, content, role: "assistant" });
  }
  for (const { id: callId, name, arguments: given } of answer.calls)
    items.push({ id: next("fc"), type: "function_call", status, arguments: given, call_id: callId, name });
  return items;
}
