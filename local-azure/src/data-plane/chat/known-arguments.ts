import { isSince, type Flavour } from "../api/flavour";
import { requireKnown } from "./chat-error";

/**
 * Members of a chat request, and the first dated version that has each; "" for all. Names: the published specifications of 2024-10-21
 * and v1; days: Microsoft's list of changes between versions, as far as it names them.
 */
const arguments_: Record<string, string> = {
  messages: "",
  // The name in the path decides in dated versions; clients send both.
  model: "",
  temperature: "",
  top_p: "",
  stream: "",
  stop: "",
  max_tokens: "",
  presence_penalty: "",
  frequency_penalty: "",
  logit_bias: "",
  user: "",
  n: "",
  seed: "",
  logprobs: "",
  top_logprobs: "",
  response_format: "",
  tools: "",
  tool_choice: "",
  functions: "",
  function_call: "",
  data_sources: "",
  stream_options: "2024-09-01",
  max_completion_tokens: "2024-09-01",
  parallel_tool_calls: "2024-09-01",
  reasoning_effort: "2024-12-01",
  store: "2024-12-01",
  metadata: "2024-12-01",
  user_security_context: "2024-12-01",
  modalities: "2025-01-01",
  audio: "2025-01-01",
  prediction: "2025-01-01",
  // In no published version of Azure's; v1 is taken to follow the OpenAI API [guess].
  service_tier: "v1",
  verbosity: "v1",
  prompt_cache_key: "v1",
  prompt_cache_retention: "v1",
  safety_identifier: "v1",
  web_search_options: "v1",
};

export const chatArguments: readonly string[] = Object.keys(arguments_);

/** @throws AzureError 400 for members that this version does not know */
export function requireKnownArguments(body: Record<string, unknown>, flavour: Flavour): void {
  requireKnown(body, (name) => {
    const since = Object.hasOwn(arguments_, name) ? arguments_[name] : undefined;
    return since === "v1" ? flavour.kind === "v1" : since !== undefined && isSince(flavour, since);
  });
}
