import { isSince, type Flavour } from "../api/flavour";
import { requireKnown } from "./chat-error";
import { requireType, type MemberType } from "./parameters";

interface Argument {
  type: MemberType;
  /** First dated version that has it; absent: all; `v1`: no dated one. */
  since?: string;
}

/**
 * Members of a chat request. Names and types: the published specifications of 2024-10-21 and v1; first versions: Microsoft's list of
 * changes between versions, as far as it names them. Those of `v1` alone are in no published version of Azure's; v1 is taken to follow the
 * OpenAI API [guess].
 */
const known: Record<string, Argument> = {
  messages: { type: "array" },
  // The name in the path decides in dated versions; clients send both.
  model: { type: "string" },
  temperature: { type: "number" },
  top_p: { type: "number" },
  stream: { type: "boolean" },
  stop: { type: "any" },
  max_tokens: { type: "integer" },
  presence_penalty: { type: "number" },
  frequency_penalty: { type: "number" },
  logit_bias: { type: "object" },
  user: { type: "string" },
  n: { type: "integer" },
  seed: { type: "integer" },
  logprobs: { type: "boolean" },
  top_logprobs: { type: "integer" },
  response_format: { type: "object" },
  tools: { type: "array" },
  tool_choice: { type: "any" },
  functions: { type: "array" },
  function_call: { type: "any" },
  data_sources: { type: "array" },
  stream_options: { type: "object", since: "2024-09-01" },
  max_completion_tokens: { type: "integer", since: "2024-09-01" },
  parallel_tool_calls: { type: "boolean", since: "2024-09-01" },
  reasoning_effort: { type: "any", since: "2024-12-01" },
  store: { type: "boolean", since: "2024-12-01" },
  metadata: { type: "object", since: "2024-12-01" },
  user_security_context: { type: "object", since: "2024-12-01" },
  modalities: { type: "array", since: "2025-01-01" },
  audio: { type: "object", since: "2025-01-01" },
  prediction: { type: "object", since: "2025-01-01" },
  service_tier: { type: "string", since: "v1" },
  verbosity: { type: "string", since: "v1" },
  prompt_cache_key: { type: "string", since: "v1" },
  prompt_cache_retention: { type: "string", since: "v1" },
  safety_identifier: { type: "string", since: "v1" },
  web_search_options: { type: "object", since: "v1" },
};

export const chatArguments: readonly string[] = Object.keys(known);

/** @throws AzureError 400 for members that this version does not know, or of another type */
export function requireKnownArguments(body: Record<string, unknown>, flavour: Flavour): void {
  requireKnown(body, (name) => isKnown(name, flavour));
  for (const name in body) requireType(body[name], name, known[name]!.type);
}

function isKnown(name: string, flavour: Flavour): boolean {
  const argument = Object.hasOwn(known, name) ? known[name] : undefined;
  if (argument?.since === "v1") return flavour.kind === "v1";
  return argument !== undefined && (argument.since === undefined || isSince(flavour, argument.since));
}
