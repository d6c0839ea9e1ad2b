import type { ChatCall } from "../api";

export type Language = "curl" | "TypeScript" | "Python";
export const languages: Language[] = ["curl", "TypeScript", "Python"];

export interface Place {
  /** Endpoint of the account, with or without a slash at the end. */
  endpoint: string;
  /** Whether the account takes Entra ID tokens alone. */
  keyless: boolean;
}

const scope = "https://cognitiveservices.azure.com/.default";

/** Code that asks the same as an answer of the page did. The credential comes from the environment, never from here. */
export function snippet(language: Language, call: ChatCall, place: Place): string {
  const base = `${place.endpoint.replace(/\/+$/, "")}/openai/v1`;
  const write = { curl, TypeScript: typeScript, Python: python }[language];
  return write(base, bodyOf(call), place.keyless);
}

/** The request's body under the service's names. */
function bodyOf({ deployment, messages, temperature, topP, maxTokens, seed }: ChatCall): Record<string, unknown> {
  const body = { model: deployment, messages, temperature, top_p: topP, max_completion_tokens: maxTokens, seed };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

function curl(base: string, body: Record<string, unknown>, keyless: boolean): string {
  const token = `"Authorization: Bearer $(az account get-access-token --scope ${scope} --query accessToken --output tsv)"`;
  // Inside single quotes a shell takes everything as it is, but for the quote itself.
  const data = JSON.stringify(body, null, 2).replaceAll("'", `'\\''`);
  return [
    `curl '${base}/chat/completions'`,
    `  -H ${keyless ? token : '"api-key: $AZURE_OPENAI_API_KEY"'}`,
    `  -H 'Content-Type: application/json'`,
    `  -d '${data}'`,
    "",
  ]
    .join(" \\\n")
    .replace(/ \\\n$/, "\n");
}

function typeScript(base: string, body: Record<string, unknown>, keyless: boolean): string {
  return `${keyless ? 'import { DefaultAzureCredential, getBearerTokenProvider } from "@azure/identity";\n' : ""}import OpenAI from "openai";

const client = new OpenAI({
  baseURL: ${JSON.stringify(base)},
  apiKey: ${keyless ? `getBearerTokenProvider(new DefaultAzureCredential(), "${scope}")` : "process.env.AZURE_OPENAI_API_KEY"},
});

const completion = await client.chat.completions.create(${JSON.stringify(body, null, 2)});
console.log(completion.choices[0]?.message.content);
`;
}

function python(base: string, body: Record<string, unknown>, keyless: boolean): string {
  const members = Object.entries(body).map(([name, value]) => `    ${name}=${literal(value, "    ")},`);
  return `${keyless ? "" : "import os\n\n"}${keyless ? "from azure.identity import DefaultAzureCredential, get_bearer_token_provider\n" : ""}from openai import OpenAI

client = OpenAI(
    base_url=${JSON.stringify(base)},
    api_key=${keyless ? `get_bearer_token_provider(DefaultAzureCredential(), "${scope}")` : 'os.environ["AZURE_OPENAI_API_KEY"]'},
)

completion = client.chat.completions.create(
${members.join("\n")}
)
print(completion.choices[0].message.content)
`;
}

/** Texts, numbers, lists and objects are written alike in JSON and in Python. */
function literal(value: unknown, indent: string): string {
  return JSON.stringify(value, null, 4).replaceAll("\n", `\n${indent}`);
}
