import { Readable } from "node:stream";
import type { Call, Endpoint } from "../api/call";
import { readChatRequest, type ChatRequest } from "./chat-request";
import { complete } from "./complete";
import { streamEvents, wholeBody } from "./completion";
import { deployedModel, foundryDeployment, namedDeployment, notSupported, servingDeployment } from "./deployment";

const CHAT_ACTION = "deployments/chat/completions/action";

export const chatOperations: Endpoint[] = [
  {
    method: "POST",
    path: "/deployments/:deployment/chat/completions",
    action: CHAT_ACTION,
    only: "dated",
    run: (call) => answer(call, readChatRequest(call), call.request.params.deployment),
  },
  { method: "POST", path: "/chat/completions", action: CHAT_ACTION, only: "v1", run: answerByModel },
  {
    method: "POST",
    path: "/chat/completions",
    action: "chat/completions/action",
    only: "foundry",
    run: answerOnFoundry,
  },
  {
    method: "POST",
    path: "/deployments/:deployment/completions",
    action: "deployments/completions/action",
    only: "dated",
    run: (call) => refuse(call, "completion"),
  },
];

function answerByModel(call: Call): Promise<unknown> {
  const request = readChatRequest(call);
  return answer(call, request, namedDeployment(request));
}

function answerOnFoundry(call: Call): Promise<unknown> {
  const request = readChatRequest(call);
  return answer(call, request, foundryDeployment(call, request));
}

async function answer(call: Call, request: ChatRequest, deployment: string | undefined): Promise<unknown> {
  const completion = await complete(call, request, deployment);
  if (!request.stream) return wholeBody(completion, request);
  void call.reply.header("content-type", "text/event-stream; charset=utf-8").header("cache-control", "no-cache");
  return Readable.from(streamEvents(completion, request, call.flavour));
}

function refuse(call: Call, operation: string): never {
  const deployment = servingDeployment(call, call.request.params.deployment);
  throw notSupported(operation, deployedModel(call.world, call.account, deployment));
}
