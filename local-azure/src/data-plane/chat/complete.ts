import { createHash } from "node:crypto";
import type { AzureError } from "../../http/azure-error";
import type { ModelInfo } from "../../models/find-model";
import type { World } from "../../world/world";
import { answersOf } from "../answering/answers";
import type { Call } from "../api/call";
import { seconds } from "../api/unix-time";
import { TOKENS_PER_EXAMPLE, TOKENS_PER_MESSAGE } from "../training/token-sequence";
import { countTokens } from "../training/tokenizer";
import { invalidRequest } from "./chat-error";
import type { ModelRequest } from "./chat-request";
import { isFiltered, judge, promptRefused, type FilterResults } from "./content-filter";
import { deployedModel, markUsed, notSupported, servingDeployment } from "./deployment";
import { filteredHalf, finish, type FinishedAnswer } from "./finish";
import { takeTokens } from "./rate-limit";
import { requireSupported } from "./reasoning";
import { isInFormat } from "./response-format";

/** A finished answer, whichever API sends it, whole or in pieces. */
export interface Completion {
  /** Seconds since 1970. */
  created: number;
  model: string;
  /** Whether a reasoning model wrote it. */
  reasoning: boolean;
  /** Changes when another model answers. */
  fingerprint: string;
  choices: FinishedAnswer[];
  tokens: { prompt: number; completion: number };
  /** What the content filter says of prompt and answer. */
  filter: { prompt: FilterResults; answer: FilterResults };
}

/** Answers a request by the deployment of that name. @throws AzureError 400, 404, 429 */
export async function complete(call: Call, request: ModelRequest, name: string | undefined): Promise<Completion> {
  const deployment = servingDeployment(call, name);
  const model = deployedModel(call.world, call.account, deployment);
  // Of models in other formats than OpenAI's no published example asks v1: that it refuses them is a guess.
  const answers = model.base.chat && (call.flavour.kind === "dated" || model.base.format === undefined);
  if (!answers) throw notSupported("chatCompletion", model);
  requireSupported(request, model.base);
  const prompt = promptTokensOf(request);
  if (prompt > model.base.contextTokens) throw tooLong(prompt, model);
  const filter = { prompt: judge("prompt", request.messages), answer: judge("answer", request.messages) };
  if (isFiltered(filter.prompt)) throw promptRefused(filter.prompt, call.flavour);
  const written = await choicesOf(call.world, model, request);
  const choices = isFiltered(filter.answer) ? written.map(filteredHalf) : written;
  const tokens = { prompt, completion: completionTokensOf(choices) };
  takeTokens(call, deployment, tokens.prompt + tokens.completion);
  markUsed(call, deployment);
  return {
    created: seconds(call.now),
    model: model.name,
    reasoning: model.base.reasoning,
    fingerprint: fingerprintOf(model.name),
    choices,
    tokens,
    filter,
  };
}

/** The `n` answers; examples that have the form that is asked for already come first. */
async function choicesOf(world: World, model: ModelInfo, request: ModelRequest): Promise<FinishedAnswer[]> {
  const { answers, candidates } = await answersOf(world, model, {
    ...request,
    fits: ({ text, calls }) => calls.length > 0 || isInFormat(text, request.format),
  });
  return answers.map((answer) => finish(answer, candidates, request));
}

/** Tokens of the request: of o200k_base, with the frame of messages as the published recipe counts it. */
function promptTokensOf({ messages, names }: ModelRequest): number {
  let sum = TOKENS_PER_EXAMPLE;
  for (const { role, text, calls = [] } of messages) {
    sum += TOKENS_PER_MESSAGE + countTokens(role) + countTokens(text);
    for (const call of calls) sum += countTokens(call.name) + countTokens(call.arguments);
  }
  for (const name of names) sum += 1 + countTokens(name);
  return sum;
}

function completionTokensOf(choices: FinishedAnswer[]): number {
  let sum = 0;
  for (const { text, calls } of choices) {
    sum += countTokens(text);
    for (const call of calls) sum += countTokens(call.name) + countTokens(call.arguments);
  }
  return sum;
}

function fingerprintOf(model: string): string {
  return `fp_${createHash("sha256").update(model).digest("hex").slice(0, 10)}`;
}

/** Code and text are the OpenAI API's. */
function tooLong(tokens: number, { base }: ModelInfo): AzureError {
  const sentence =
    `This model's maximum context length is ${base.contextTokens} tokens. However, your messages resulted in ` +
    `${tokens} tokens. Please reduce the length of the messages.`;
  return invalidRequest(sentence, "messages", "context_length_exceeded");
}
