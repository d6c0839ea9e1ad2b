import type { OpenAI } from "openai";
import type { Calls } from "./calls";
import { completionBody, streamedBody } from "./chat-body";
import { ChatStream } from "./chat-stream";
import { withDeadline } from "./deadline";
import { ANSWER_MS } from "./requests";
import { completionShape } from "./shapes";
import { expectShape, UnexpectedAnswer } from "./unexpected-answer";
import type { ChatAnswer, ChatEnd, ChatQuestion, ChatRequest, Completion, CompletionRequest } from "./chat-types";

export type {
  ChatAnswer,
  ChatEnd,
  ChatMessage,
  ChatQuestion,
  ChatRequest,
  Completion,
  CompletionRequest,
  WireMessage,
  WireTool,
} from "./chat-types";

/** Chat with a deployment. Throws AzureFailure. */
export class Chat {
  constructor(
    private readonly client: OpenAI,
    private readonly calls: Calls,
  ) {}

  ask({ deploymentName, systemMessage, question, maxTokens }: ChatQuestion): Promise<ChatAnswer> {
    return this.calls.run(
      `Calling the deployment ${deploymentName}`,
      async () => {
        const messages = [
          ...(systemMessage ? [{ role: "system" as const, content: systemMessage }] : []),
          { role: "user" as const, content: question },
        ];
        // Reasoning models refuse max_tokens; every model since gpt-4o takes this one.
        const body = { model: deploymentName, messages, max_completion_tokens: maxTokens };
        const answer = await withDeadline(ANSWER_MS, (signal) => this.client.chat.completions.create(body, { signal }));
        const { model, choices, usage } = expectShape(completionShape, answer, "a model's response");
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
   * A whole answer, asked for once: a refusal for the rate, or a lost answer, is the caller's, who asks many questions at a time and knows
   * which of them wait.
   *
   * @param timeoutMs - for the whole answer
   */
  complete(request: CompletionRequest, timeoutMs: number): Promise<Completion> {
    const options = { timeout: timeoutMs };
    const ask = () =>
      withDeadline(timeoutMs, (signal) =>
        this.client.chat.completions.create(completionBody(request), { ...options, signal }),
      );
    return this.calls.run(
      `Calling the deployment ${request.deploymentName}`,
      async () => {
        const { model, choices, usage } = expectShape(completionShape, await ask(), "a model's response");
        const { message, finish_reason: reason } = choices[0]!;
        const tokens = usage && {
          prompt: usage.prompt_tokens,
          cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
          completion: usage.completion_tokens,
        };
        return { text: message.content ?? "", model, finishReason: reason ?? undefined, tokens: tokens ?? undefined };
      },
      "never",
    );
  }

  /**
   * The pieces of an answer as they come. Nothing is repeated: a person sees at once why there is no answer.
   * After `signal` the pieces end without an error.
   */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<string, ChatEnd> {
    const answer = new ChatStream();
    const wanted = "a streamed response";
    try {
      const chunks = await this.client.chat.completions.create(streamedBody(request), { signal });
      let heard = false;
      for await (const chunk of chunks) {
        if (!Array.isArray(chunk?.choices)) throw new UnexpectedAnswer(wanted, "unrecognized JSON");
        heard = true;
        const text = answer.take(chunk);
        if (text !== "") yield text;
      }
      if (!heard && !signal.aborted) throw new UnexpectedAnswer(wanted, "a response without one");
    } catch (error) {
      if (!signal.aborted) throw this.calls.failure(`Calling the deployment ${request.deploymentName}`, error);
    }
    return answer.end;
  }
}
