import type { OpenAI } from "openai";
import { withoutUndefined } from "../format/without-undefined";
import type { ChatMessage, ChatRequest, ChatTool, CompletionRequest, ResponseFormat } from "./chat-types";

/** The body of a streamed request, under the service's names. */
export function streamedBody(request: ChatRequest) {
  return { ...requestBody(request), stream: true as const, stream_options: { include_usage: true } };
}

/** What is asked, under the service's names; what isn't given is not in it. */
export function requestBody({ deploymentName, messages, ...given }: ChatRequest) {
  return withoutUndefined({
    model: deploymentName,
    messages: messages.map(wireMessage),
    temperature: given.temperature,
    top_p: given.topP,
    // Reasoning models refuse max_tokens; every model since gpt-4o takes this one.
    max_completion_tokens: given.maxTokens,
    seed: given.seed,
    frequency_penalty: given.frequencyPenalty,
    presence_penalty: given.presencePenalty,
    stop: given.stop?.length ? given.stop : undefined,
    reasoning_effort: given.reasoningEffort,
    response_format: given.responseFormat && wireFormat(given.responseFormat),
    tools: given.tools?.length ? given.tools.map(wireTool) : undefined,
  });
}

/** The body of a request whose messages and tools are in the service's own words. */
export function completionBody({ deploymentName, messages, tools, reasoningEffort, ...parameters }: CompletionRequest) {
  const body = { ...requestBody({ ...parameters, deploymentName, messages: [] }), messages };
  return withoutUndefined({ ...body, tools, reasoning_effort: reasoningEffort as OpenAI.ReasoningEffort | undefined });
}

function wireMessage(message: ChatMessage): OpenAI.ChatCompletionMessageParam {
  if (message.role === "tool") return { role: "tool", content: message.content, tool_call_id: message.toolCallId };
  if (message.role === "user" && message.images?.length) {
    const images = message.images.map(({ url }) => ({ type: "image_url" as const, image_url: { url } }));
    return { role: "user", content: [{ type: "text", text: message.content }, ...images] };
  }
  if (message.role !== "assistant" || !message.toolCalls?.length)
    return { role: message.role, content: message.content };
  const calls = message.toolCalls.map(({ id, name, arguments: given }) => ({
    id,
    type: "function" as const,
    function: { name, arguments: given },
  }));
  return { role: "assistant", content: message.content === "" ? null : message.content, tool_calls: calls };
}

function wireFormat(format: ResponseFormat): OpenAI.ChatCompletionCreateParams["response_format"] {
  if (format.type === "json_object") return format;
  const { name, schema, strict } = format;
  return { type: "json_schema", json_schema: withoutUndefined({ name, schema, strict }) };
}

function wireTool({ name, description, parameters, strict }: ChatTool): OpenAI.ChatCompletionFunctionTool {
  return { type: "function", function: withoutUndefined({ name, description, parameters, strict }) };
}
