import type { Call, Endpoint } from "../api/call";
import { invalidRequest } from "../chat/chat-error";
import {
  deployedModel,
  foundryDeployment,
  markUsed,
  namedDeployment,
  notSupported,
  servingDeployment,
} from "../chat/deployment";
import { takeTokens } from "../chat/rate-limit";
import { countTokens } from "../training/tokenizer";
import { readEmbeddingsRequest, type EmbeddingsRequest } from "./embeddings-request";
import { embedding } from "./hashed-ngrams";

const ACTION = "deployments/embeddings/action";

export const embeddingsOperations: Endpoint[] = [
  {
    method: "POST",
    path: "/deployments/:deployment/embeddings",
    action: ACTION,
    only: "dated",
    run: (call) => embed(call, readEmbeddingsRequest(call), call.request.params.deployment),
  },
  { method: "POST", path: "/embeddings", action: ACTION, only: "v1", run: embedByModel },
  { method: "POST", path: "/embeddings", action: "embeddings/action", only: "foundry", run: embedOnFoundry },
];

function embedByModel(call: Call): unknown {
  const request = readEmbeddingsRequest(call);
  return embed(call, request, namedDeployment(request));
}

function embedOnFoundry(call: Call): unknown {
  const request = readEmbeddingsRequest(call);
  return embed(call, request, foundryDeployment(call, request));
}

function embed(call: Call, { inputs, dimensions, base64 }: EmbeddingsRequest, name: string | undefined): unknown {
  const deployment = servingDeployment(call, name);
  const model = deployedModel(call.world, call.account, deployment);
  if (!model.base.embeddings) throw notSupported("embeddings", model);
  const counts = inputs.map((input) => (typeof input === "string" ? countTokens(input) : input.length));
  const longest = Math.max(...counts);
  if (longest > model.base.contextTokens) {
    const sentence =
      `This model's maximum context length is ${model.base.contextTokens} tokens, however you requested ${longest} tokens ` +
      `(${longest} in your prompt; 0 for the completion). Please reduce your prompt; or completion length.`;
    throw invalidRequest(sentence, null);
  }
  const tokens = counts.reduce((sum, count) => sum + count, 0);
  takeTokens(call, deployment, tokens);
  markUsed(call, deployment);
  return {
    object: "list",
    data: inputs.map((input, index) => ({
      object: "embedding",
      index,
      embedding: written(embedding(input, dimensions), base64),
    })),
    model: model.name,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

/** As numbers, or as the bytes of 32-bit ones, lowest first, in base64. */
function written(vector: Float32Array, base64: boolean): number[] | string {
  return base64 ? Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString("base64") : [...vector];
}
