import type { OpenAI } from "openai";
import type { Calls } from "./calls";
import { withDeadline } from "./deadline";
import { ANSWER_MS } from "./requests";
import { completionShape } from "./shapes";
import { expectShape, UnexpectedAnswer } from "./unexpected-answer";
import type { ChatAnswer, ChatEnd, ChatQuestion, ChatRequest } from "./chat-types";

export type { ChatAnswer, ChatEnd, ChatMessage, ChatQuestion, ChatRequest } from "./chat-types";

/** Chat with a deployment. Throws AzureFailure. */
export class Chat {
  constructor(
    private readonly client: OpenAI,
    private readonly calls: Calls,
  ) {}

  ask({ deploymentName, systemMessage, question, maxTokens }: ChatQuestion): Promise<ChatAnswer> {
    return this.calls.run(
      `Asking the deployment ${deploymentName}`,
      async () => {
        const messages = [
          ...(systemMessage ? [{ role: "system" as const, content: systemMessage }] : []),
          { role: "user" as const, content: question },
        ];
        // Reasoning models refuse max_tokens; every model since gpt-4o takes this one.
        const body = { model: deploymentName, messages, max_completion_tokens: maxTokens };
        const answer = await withDeadline(ANSWER_MS, (signal) => this.client.chat.completions.create(body, { signal }));
        const { model, choices, usage } = expectShape(completionShape, answer, "an answer of a model");
        return {
          answer: choices[0]?.message.content ?? "",
          model,
          finishReason: choices[0]?.finish_reason ?? undefined,
          promptTokens: usage?.prompt_tokens ?? 0,
          completionTokens: usage?.completion_tokens ?? 0,
        };
      },
      "once",
    );
  }

  /**
   * The pieces of an answer as they come. Nothing is repeated: a person sees at once why there is no answer.
   * After `signal` the pieces end without an error.
   */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<string, ChatEnd> {
    const end: ChatEnd = { model: "" };
    const wanted = "a streamed answer";
    try {
      const chunks = await this.client.chat.completions.create(streamedBody(request), { signal });
      let heard = false;
      for await (const chunk of chunks) {
        if (!Array.isArray(chunk?.choices)) throw new UnexpectedAnswer(wanted, "JSON of another kind");
        heard = true;
        if (chunk.model) end.model = chunk.model;
        if (chunk.usage) end.tokens = countOf(chunk.usage);
        const [choice] = chunk.choices;
        if (choice?.finish_reason) end.finishReason = choice.finish_reason;
        if (choice?.delta?.content) yield choice.delta.content;
      }
      if (!heard && !signal.aborted) throw new UnexpectedAnswer(wanted, "an answer without one");
    } catch (error) {
      if (!signal.aborted) throw this.calls.failure(`Asking the deployment ${request.deploymentName}`, error);
    }
    return end;
  }
}

/** The body of a streamed request, under the service's names. */
function streamedBody({ deploymentName, messages, temperature, topP, maxTokens, seed }: ChatRequest) {
  return {
    model: deploymentName,
    messages,
    temperature,
    top_p: topP,
    max_completion_tokens: maxTokens,
    seed,
    stream: true as const,
    stream_options: { include_usage: true },
  };
}

function countOf(usage: OpenAI.CompletionUsage): NonNullable<ChatEnd["tokens"]> {
  const { prompt_tokens: prompt, completion_tokens: completion, prompt_tokens_details: details } = usage;
  return { prompt, cached: details?.cached_tokens ?? 0, completion };
}
