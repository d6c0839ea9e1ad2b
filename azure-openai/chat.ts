import type { OpenAI } from "openai";
import type { Calls } from "./calls";
import { streamedBody } from "./chat-body";
import { ChatStream } from "./chat-stream";
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
    const answer = new ChatStream();
    const wanted = "a streamed answer";
    try {
      const chunks = await this.client.chat.completions.create(streamedBody(request), { signal });
      let heard = false;
      for await (const chunk of chunks) {
        if (!Array.isArray(chunk?.choices)) throw new UnexpectedAnswer(wanted, "JSON of another kind");
        heard = true;
        const text = answer.take(chunk);
        if (text !== "") yield text;
      }
      if (!heard && !signal.aborted) throw new UnexpectedAnswer(wanted, "an answer without one");
    } catch (error) {
      if (!signal.aborted) throw this.calls.failure(`Asking the deployment ${request.deploymentName}`, error);
    }
    return answer.end;
  }
}
