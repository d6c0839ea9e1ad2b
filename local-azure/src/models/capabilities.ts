import type { BaseModel } from "./base-models";

/**
 * What a model can do, as Resource Manager writes it in the model list and at deployments: texts, absent where it can't. Names and the
 * values of gpt-4o-mini: recorded list of eastus2, 2026-04; other models are taken to have the same names with their own limits [guess].
 */
export function servingCapabilities({
  chat,
  embeddings,
  contextTokens,
  outputTokens,
}: BaseModel): Record<string, string> {
  if (embeddings) return { embeddings: "true" };
  if (!chat) return {};
  return {
    area: "US",
    chatCompletion: "true",
    jsonObjectResponse: "true",
    maxContextToken: String(contextTokens),
    maxOutputToken: String(outputTokens),
    assistants: "true",
    responses: "true",
    agentsV2: "true",
  };
}
