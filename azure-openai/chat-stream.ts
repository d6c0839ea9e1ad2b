import type { OpenAI } from "openai";
import type { ChatEnd, ToolCall } from "./chat-types";
import { filterFindings, worstFindings } from "./content-filter";

/** Members of Azure's that the client's types don't have. */
interface AzureChunk {
  prompt_filter_results?: { content_filter_results?: unknown }[];
}
interface AzureChoice {
  content_filter_results?: unknown;
}

/** Gathers what the chunks of a stream say besides the text. */
export class ChatStream {
  readonly end: ChatEnd = { model: "" };
  private readonly calls: ToolCall[] = [];

  /** @returns the chunk's text */
  take(chunk: OpenAI.ChatCompletionChunk): string {
    const { end } = this;
    if (chunk.model) end.model = chunk.model;
    if (chunk.usage) end.tokens = countOf(chunk.usage);
    const [choice] = chunk.choices;
    if (choice?.finish_reason) end.finishReason = choice.finish_reason;
    this.judge((chunk as AzureChunk).prompt_filter_results?.[0]?.content_filter_results, "prompt");
    this.judge((choice as AzureChoice | undefined)?.content_filter_results, "answer");
    // An asynchronous filter sends chunks without a delta.
    for (const piece of choice?.delta?.tool_calls ?? []) this.call(piece);
    return choice?.delta?.content ?? "";
  }

  private judge(results: unknown, side: "prompt" | "answer"): void {
    const worst = worstFindings(this.end.filter?.[side], filterFindings(results));
    if (worst) this.end.filter = { ...this.end.filter, [side]: worst };
  }

  private call({ index, id, function: called }: OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall): void {
    const known = (this.calls[index] ??= { id: "", name: "", arguments: "" });
    if (id) known.id = id;
    if (called?.name) known.name = called.name;
    known.arguments += called?.arguments ?? "";
    this.end.toolCalls = this.calls.filter(Boolean);
  }
}

function countOf(usage: OpenAI.CompletionUsage): NonNullable<ChatEnd["tokens"]> {
  const { prompt_tokens: prompt, completion_tokens: completion, prompt_tokens_details: details } = usage;
  return { prompt, cached: details?.cached_tokens ?? 0, completion };
}
