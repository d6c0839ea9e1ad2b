import { Readable } from "node:stream";
import { AzureError } from "../../http/azure-error";
import type { AccountRecord, DeploymentRecord } from "../../world/state";
import type { World } from "../../world/world";
import { findModel, type ModelInfo } from "../../models/find-model";
import type { Call, Endpoint } from "../api/call";
import { answersOf, filteredHalf, finish, type FinishedText } from "./answer";
import { invalidRequest } from "./chat-error";
import { readChatRequest, type ChatRequest } from "./chat-request";
import { completionOf, promptTokensOf, streamEvents, wholeBody } from "./completion";
import { isFiltered, judge, promptRefused } from "./content-filter";
import { takeTokens } from "./rate-limit";
import { requireSupported } from "./reasoning";
import { inFormat } from "./response-format";
import { toolCallsOf } from "./tools";

const CHAT_ACTION = "deployments/chat/completions/action";

export const chatOperations: Endpoint[] = [
  {
    method: "POST",
    path: "/deployments/:deployment/chat/completions",
    action: CHAT_ACTION,
    only: "dated",
    run: (call) => complete(call, readChatRequest(call), call.request.params.deployment),
  },
  { method: "POST", path: "/chat/completions", action: CHAT_ACTION, only: "v1", run: completeByModel },
  ...["completions", "embeddings"].map((name): Endpoint => ({
    method: "POST",
    path: `/deployments/:deployment/${name}`,
    action: `deployments/${name}/action`,
    only: "dated",
    run: (call) => refuse(call, name),
  })),
];

function completeByModel(call: Call): Promise<unknown> {
  const request = readChatRequest(call);
  if (request.model === undefined) throw invalidRequest("you must provide a model parameter", "model");
  return complete(call, request, request.model);
}

async function complete(call: Call, request: ChatRequest, name: string | undefined): Promise<unknown> {
  const deployment = servingDeployment(call, name);
  const model = deployedModel(call.world, call.account, deployment);
  if (!model.base.chat) throw notSupported("chatCompletion", model);
  requireSupported(request.given, model.base);
  const promptTokens = promptTokensOf(request);
  if (promptTokens > model.base.contextTokens) throw tooLong(promptTokens, model);
  const filter = { prompt: judge("prompt", request.messages), answer: judge("answer", request.messages) };
  if (isFiltered(filter.prompt)) throw promptRefused(filter.prompt, call.flavour);
  const written = await choicesOf(call.world, model, request);
  const choices = isFiltered(filter.answer) ? written.map(filteredHalf) : written;
  const completion = completionOf(promptTokens, model.name, choices, filter, call.now);
  takeTokens(call, deployment, completion.usage.total_tokens as number);
  markUsed(call, deployment);
  if (!request.stream) return wholeBody(completion);
  void call.reply.header("content-type", "text/event-stream; charset=utf-8").header("cache-control", "no-cache");
  return Readable.from(streamEvents(completion, { includeUsage: request.includeUsage, flavour: call.flavour }));
}

/** The `n` answers: calls of tools where the "model" makes any, else texts in the form that was asked for. */
async function choicesOf(world: World, model: ModelInfo, request: ChatRequest): Promise<FinishedText[]> {
  const toolCalls = toolCallsOf(request.tools, request.messages);
  if (toolCalls.length > 0)
    return Array.from({ length: request.n }, () => ({ text: "", toolCalls, finishReason: "tool_calls" }));
  const texts = await answersOf(world, model, request);
  return texts.map((text) => finish(inFormat(text, request.responseFormat), request));
}

function refuse(call: Call, operation: string): never {
  const deployment = servingDeployment(call, call.request.params.deployment);
  throw notSupported(operation, deployedModel(call.world, call.account, deployment));
}

/** @throws AzureError while the deployment is not there, or not warm yet: Resource Manager's Succeeded comes earlier */
function servingDeployment({ account, now }: Call, name: string | undefined): DeploymentRecord {
  const deployment = account.deployments.find((candidate) => candidate.name.toLowerCase() === name?.toLowerCase());
  if (!deployment || deployment.failed || now < deployment.readyAt) {
    throw new AzureError(
      404,
      "DeploymentNotFound",
      "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, " +
        "please wait a moment and try again.",
    );
  }
  if (now < deployment.servingAt) {
    // The code is on record, status and text are a guess.
    throw new AzureError(
      404,
      "DeploymentNotReady",
      `The deployment '${deployment.name}' is not ready yet. Please try again later.`,
    );
  }
  return deployment;
}

/** A model may have been trained in another account (`properties.model.source`). */
function deployedModel(world: World, account: AccountRecord, { model }: DeploymentRecord): ModelInfo {
  for (const owner of [account, ...world.state.accounts]) {
    const found = findModel(world, owner, model.name);
    if (found) return found;
  }
  throw new AzureError(
    404,
    "DeploymentNotFound",
    `The model '${model.name}' of the deployment does not exist any more.`,
  );
}

/** Code and text are the OpenAI API's. */
function tooLong(tokens: number, { base }: ModelInfo): AzureError {
  const sentence =
    `This model's maximum context length is ${base.contextTokens} tokens. However, your messages resulted in ` +
    `${tokens} tokens. Please reduce the length of the messages.`;
  return invalidRequest(sentence, "messages", "context_length_exceeded");
}

function notSupported(operation: string, model: ModelInfo): AzureError {
  return new AzureError(
    400,
    "OperationNotSupported",
    `The ${operation} operation does not work with the specified model, ${model.name}. Please choose different model and try again.`,
  );
}

/** A call keeps the deployment from counting as idle. One write a minute is enough for a rule of days. */
function markUsed({ world, now }: Call, deployment: DeploymentRecord): void {
  const before = deployment.lastUsedAt;
  deployment.lastUsedAt = now;
  if (now - before > 60_000) world.save();
}
