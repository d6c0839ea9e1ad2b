/** Name under which an account lists the address of its OpenAI data plane (recorded, api-version 2025-06-01, both kinds of account). */
const OPENAI_API = "OpenAI Language Model Instance API";

/**
 * Address of an account's OpenAI data plane. `endpoint` is that address only for accounts of kind OpenAI; a Foundry account (kind
 * AIServices) gives `https://<subdomain>.cognitiveservices.azure.com/` there, and the OpenAI address among its `endpoints`.
 */
export function openAiEndpoint(
  properties: { endpoint?: string; endpoints?: Record<string, string> } | undefined,
): string | undefined {
  return properties?.endpoints?.[OPENAI_API] || properties?.endpoint || undefined;
}

/** Name under which a project lists the address of its own API (recorded, api-version 2025-06-01). */
const PROJECT_API = "AI Foundry API";

/** Address of a project of a Foundry account, e.g. `https://x.services.ai.azure.com/api/projects/p`; empty where it lists none. */
export function projectEndpoint(properties: { endpoints?: Record<string, string> } | undefined): string {
  return properties?.endpoints?.[PROJECT_API] ?? "";
}
