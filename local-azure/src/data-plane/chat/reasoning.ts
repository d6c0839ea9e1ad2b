import { asObject } from "../../http/request";
import type { AzureError } from "../../http/azure-error";
import type { BaseModel } from "../../models/base-models";
import { invalidRequest } from "./chat-error";
import type { ModelRequest } from "./chat-request";

/** Parameters with a default that is taken, and what it is; sent with it they pass [guess, but for temperature]. */
const fixed: Record<string, number> = { temperature: 1, top_p: 1, presence_penalty: 0, frequency_penalty: 0 };
/** Microsoft's page on reasoning models, and `StopConfiguration` of the v1 specification for stop. */
const refused = ["stop", "max_tokens", "logprobs", "top_logprobs", "logit_bias"];

/**
 * @throws AzureError 400 for a parameter that a model doesn't take, as a reasoning one or as one that isn't; texts and
 * codes: public reports of o3-mini and o4-mini
 */
export function requireSupported(
  { given, maxTokens }: Pick<ModelRequest, "given" | "maxTokens">,
  { reasoning, reasoningEfforts, outputTokens }: BaseModel,
): void {
  requireEffort(given["reasoning_effort"] ?? asObject(given.reasoning)?.effort, reasoningEfforts);
  if (maxTokens && maxTokens.tokens > outputTokens) {
    const { name, tokens } = maxTokens;
    const sentence =
      `${name} is too large: ${tokens}. This model supports at most ${outputTokens} completion tokens, ` +
      `whereas you provided ${tokens}.`;
    throw invalidRequest(sentence, name, "invalid_value");
  }
  if (!reasoning) return;
  for (const [name, only] of Object.entries(fixed)) {
    const value = given[name];
    if (value !== undefined && value !== null && value !== only) throw unsupportedValue(name, value, only);
  }
  for (const name of refused) {
    if (given[name] !== undefined && given[name] !== null) {
      const instead = name === "max_tokens" ? " Use 'max_completion_tokens' instead." : "";
      const sentence = `Unsupported parameter: '${name}' is not supported with this model.${instead}`;
      throw invalidRequest(sentence, name, "unsupported_parameter");
    }
  }
}

/** Both sentences: public reports, of gpt-4o and of o-series models. */
function requireEffort(value: unknown, taken: string[]): void {
  if (value === undefined || value === null) return;
  if (taken.length === 0) throw invalidRequest("Unrecognized request argument supplied: reasoning_effort", null);
  if (taken.includes(value as string)) return;
  const listed = taken.map((one) => `'${one}'`).join(", ");
  const sentence = `Unsupported value: 'reasoning_effort' does not support ${JSON.stringify(value)} with this model. Supported values are: ${listed}.`;
  throw invalidRequest(sentence, "reasoning_effort", "unsupported_value");
}

function unsupportedValue(name: string, value: unknown, only: number): AzureError {
  const sentence =
    `Unsupported value: '${name}' does not support ${JSON.stringify(value)} with this model. ` +
    `Only the default (${only}) value is supported.`;
  return invalidRequest(sentence, name, "unsupported_value");
}
