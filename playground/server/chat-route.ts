import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { ChatEnd } from "../../azure-openai/chat";
import { priceAnswer } from "../../catalog";
import type { ChatCall, ChatLine } from "../api";
import { messageShape, parameterShapes } from "../chat-shapes";
import { deploymentChoices } from "../deployments";
import { problemOf } from "./problem";
import { readBody } from "./read-body";
import type { StackView } from "../../report/stack-view";

const chatCall = z.strictObject({
  deployment: z.string().min(1),
  messages: z.array(messageShape).min(1),
  ...parameterShapes,
});

/** `POST /api/chat`: the answer as it comes, a JSON object per line. Closing the connection stops the answer. */
export function registerChat(app: FastifyInstance, view: StackView): void {
  app.post("/api/chat", (request, reply) => {
    const call = readBody(chatCall, request.body);
    const stop = new AbortController();
    reply.raw.on("close", () => stop.abort());
    void reply.type("application/x-ndjson; charset=utf-8").header("x-accel-buffering", "no");
    return reply.send(Readable.from(encoded(answer(view, call, stop.signal))));
  });
}

async function* answer(view: StackView, call: ChatCall, signal: AbortSignal): AsyncGenerator<ChatLine> {
  const { deployment: deploymentName, ...request } = call;
  try {
    const [dataPlane, format] = await Promise.all([view.dataPlane(), formatOf(view, deploymentName)]);
    const chat = dataPlane.chatWith(format);
    const started = performance.now();
    let firstMs: number | undefined;
    const pieces = chat.stream({ deploymentName, ...request }, signal);
    for (;;) {
      const piece = await pieces.next();
      firstMs ??= performance.now() - started;
      if (piece.done) {
        const times = { firstMs: Math.round(firstMs), totalMs: Math.round(performance.now() - started) };
        yield { type: "end", ...piece.value, ...times, usd: await usdOf(view, deploymentName, piece.value) };
        return;
      }
      yield { type: "text", text: piece.value };
    }
  } catch (error) {
    yield { type: "error", ...problemOf(error) };
  }
}

/** Undefined where Resource Manager can't be asked now, which OpenAI's models can do without. */
async function formatOf(view: StackView, deployment: string): Promise<string | undefined> {
  const found = await view.deployments().catch(() => []);
  return found.find(({ name }) => name === deployment)?.properties?.model?.format;
}

async function usdOf(view: StackView, deployment: string, { tokens }: ChatEnd): Promise<number | undefined> {
  const found = await view.deployments().catch(() => undefined);
  // The answer is there: that its price can't be told now takes nothing from it.
  if (!found) return undefined;
  const choices = deploymentChoices(found, await view.facts());
  const rate = choices.find(({ name }) => name === deployment)?.rate;
  return rate && tokens && priceAnswer(tokens, rate);
}

async function* encoded(lines: AsyncIterable<ChatLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}
