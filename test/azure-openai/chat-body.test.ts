import { describe, expect, it } from "@jest/globals";
import { requestBody } from "../../azure-openai/chat-body";

describe("a chat request under the service's names", () => {
  it("has what is given, and nothing else", () => {
    const messages = [{ role: "user" as const, content: "Hi" }];
    expect(requestBody({ deploymentName: "tuned", messages, stop: [], tools: [] })).toEqual({
      model: "tuned",
      messages,
    });
    const schema = { type: "object", properties: {} };
    expect(
      requestBody({
        ...{ deploymentName: "tuned", messages, temperature: 0, topP: 1, maxTokens: 5, seed: -1 },
        ...{ frequencyPenalty: -2, presencePenalty: 2, stop: ["\n", "END"] },
        responseFormat: { type: "json_schema", name: "point", schema, strict: true },
        tools: [{ name: "now" }, { name: "add", description: "Adds", parameters: schema, strict: true }],
      }),
    ).toEqual({
      ...{ model: "tuned", messages, temperature: 0, top_p: 1, max_completion_tokens: 5, seed: -1 },
      ...{ frequency_penalty: -2, presence_penalty: 2, stop: ["\n", "END"] },
      response_format: { type: "json_schema", json_schema: { name: "point", schema, strict: true } },
      tools: [
        { type: "function", function: { name: "now" } },
        { type: "function", function: { name: "add", description: "Adds", parameters: schema, strict: true } },
      ],
    });
  });

  it("writes tool calls and their results", () => {
    const call = { id: "call_1", name: "now", arguments: "{}" };
    const { messages } = requestBody({
      deploymentName: "tuned",
      messages: [
        { role: "user", content: "When?" },
        { role: "assistant", content: "", toolCalls: [call] },
        { role: "tool", content: "12:00", toolCallId: "call_1" },
        { role: "assistant", content: "At noon." },
      ],
    });
    expect(messages).toEqual([
      { role: "user", content: "When?" },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "call_1", type: "function", function: { name: "now", arguments: "{}" } }],
      },
      { role: "tool", content: "12:00", tool_call_id: "call_1" },
      { role: "assistant", content: "At noon." },
    ]);
  });
});
