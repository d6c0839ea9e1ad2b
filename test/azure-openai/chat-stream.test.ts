import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { OpenAI } from "openai";
import { ChatStream } from "../../azure-openai/chat-stream";

type Chunk = OpenAI.ChatCompletionChunk;
const chunk = (choice: object | undefined, more: object = {}) =>
  ({ model: "gpt", choices: choice ? [choice] : [], ...more }) as unknown as Chunk;
const graded = (severity: string, filtered = false) => ({ filtered, severity });

describe("what a stream says besides its text", () => {
  it("filter findings of prompt and answer: the worst of each category", () => {
    const stream = new ChatStream();
    stream.take(
      chunk(undefined, {
        model: "",
        prompt_filter_results: [
          {
            prompt_index: 0,
            content_filter_results: { hate: graded("low"), jailbreak: { filtered: false, detected: true } },
          },
        ],
      }),
    );
    stream.take(chunk({ delta: { content: "a" }, content_filter_results: { hate: graded("safe") } }));
    // What an asynchronous filter sends has no delta.
    stream.take(chunk({ content_filter_results: { hate: graded("medium", true) }, content_filter_offsets: {} }));
    stream.take(chunk({ delta: { content: "b" }, content_filter_results: { hate: graded("safe") } }));
    stream.take(chunk({ delta: {}, finish_reason: "content_filter", content_filter_results: {} }));
    expect(stream.end).toEqual({
      model: "gpt",
      finishReason: "content_filter",
      filter: {
        prompt: [
          { category: "hate", filtered: false, severity: "low" },
          { category: "jailbreak", filtered: false, detected: true },
        ],
        answer: [{ category: "hate", filtered: true, severity: "medium" }],
      },
    });
  });

  it("tool calls, whose pieces may be mixed", () => {
    const stream = new ChatStream();
    const call = (...tool_calls: object[]) => stream.take(chunk({ delta: { content: null, tool_calls } }));
    call({ index: 0, id: "call_a", type: "function", function: { name: "add", arguments: "" } });
    call({ index: 1, id: "call_b", function: { name: "now", arguments: "{" } });
    call({ index: 0, function: { arguments: '{"a":' } }, { index: 1, function: { arguments: "}" } });
    call({ index: 0, function: { arguments: "1}" } });
    expect(stream.end.toolCalls).toEqual([
      { id: "call_a", name: "add", arguments: '{"a":1}' },
      { id: "call_b", name: "now", arguments: "{}" },
    ]);
  });

  it("nothing of a filter's result that has another shape", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (results) => {
        const stream = new ChatStream();
        stream.take(chunk({ delta: {}, content_filter_results: results }));
        for (const { category, filtered } of stream.end.filter?.answer ?? []) {
          expect(category).toMatch(/^\w{1,40}$/);
          expect(typeof filtered).toBe("boolean");
        }
      }),
    );
  });
});
