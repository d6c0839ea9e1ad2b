import { requestBody } from "../../azure-openai/chat-body";
import { type ChatApi, DATED_API_VERSION } from "../../azure-openai/chat-api";
import type { ChatCall } from "../api";

export type Language = "curl" | "TypeScript" | "Python";
export const languages: Language[] = ["curl", "TypeScript", "Python"];

export interface Place {
  api: ChatApi;
  /** Address of the account at which that API answers, with or without a slash at the end. */
  endpoint: string;
  /** Whether the account takes Entra ID tokens alone. */
  keyless: boolean;
}

const scope = "https://cognitiveservices.azure.com/.default";

/** Code that asks the same as an answer of the page did. The credential comes from the environment, never from here. */
export function snippet(language: Language, call: ChatCall, place: Place): string {
  const write = { curl, TypeScript: typeScript, Python: python }[language];
  return write({ ...place, endpoint: place.endpoint.replace(/\/*$/, "/") }, bodyOf(call));
}

/** The request's body under the service's names. */
function bodyOf({ deployment, ...asked }: ChatCall): Record<string, unknown> {
  return requestBody({ deploymentName: deployment, ...asked });
}

function curl({ api, endpoint, keyless }: Place, body: Record<string, unknown>): string {
  const url =
    api === "v1"
      ? `${endpoint}openai/v1/chat/completions`
      : `${endpoint}openai/deployments/${String(body["model"])}/chat/completions?api-version=${DATED_API_VERSION}`;
  const token = `"Authorization: Bearer $(az account get-access-token --scope ${scope} --query accessToken --output tsv)"`;
  // Inside single quotes a shell takes everything as it is, but for the quote itself.
  const data = JSON.stringify(body, null, 2).replaceAll("'", `'\\''`);
  return [
    `curl '${url}'`,
    `  -H ${keyless ? token : '"api-key: $AZURE_OPENAI_API_KEY"'}`,
    `  -H 'Content-Type: application/json'`,
    `  -d '${data}'`,
    "",
  ]
    .join(" \\\n")
    .replace(/ \\\n$/, "\n");
}

function typeScript({ api, endpoint, keyless }: Place, body: Record<string, unknown>): string {
  const key = "process.env.AZURE_OPENAI_API_KEY";
  const provider = `getBearerTokenProvider(new DefaultAzureCredential(), "${scope}")`;
  const members =
    api === "v1"
      ? [`baseURL: ${JSON.stringify(`${endpoint}openai/v1`)}`, `apiKey: ${keyless ? provider : key}`]
      : [
          `endpoint: ${JSON.stringify(endpoint)}`,
          `apiVersion: "${DATED_API_VERSION}"`,
          keyless ? `azureADTokenProvider: ${provider}` : `apiKey: ${key}`,
        ];
  const imported = api === "v1" ? "OpenAI" : "{ AzureOpenAI }";
  return `${keyless ? 'import { DefaultAzureCredential, getBearerTokenProvider } from "@azure/identity";\n' : ""}import ${imported} from "openai";

const client = new ${api === "v1" ? "OpenAI" : "AzureOpenAI"}({
${members.map((member) => `  ${member},`).join("\n")}
});

const completion = await client.chat.completions.create(${JSON.stringify(body, null, 2)});
console.log(completion.choices[0]?.message${shown(body)});
`;
}

function python({ api, endpoint, keyless }: Place, body: Record<string, unknown>): string {
  const parameters = Object.entries(body).map(([name, value]) => `    ${name}=${literal(value, "    ")},`);
  const client = api === "v1" ? "OpenAI" : "AzureOpenAI";
  const key = 'os.environ["AZURE_OPENAI_API_KEY"]';
  const provider = `get_bearer_token_provider(DefaultAzureCredential(), "${scope}")`;
  const members =
    api === "v1"
      ? [`base_url=${JSON.stringify(`${endpoint}openai/v1`)}`, `api_key=${keyless ? provider : key}`]
      : [
          `azure_endpoint=${JSON.stringify(endpoint)}`,
          `api_version="${DATED_API_VERSION}"`,
          keyless ? `azure_ad_token_provider=${provider}` : `api_key=${key}`,
        ];
  return `${keyless ? "" : "import os\n\n"}${keyless ? "from azure.identity import DefaultAzureCredential, get_bearer_token_provider\n" : ""}from openai import ${client}

client = ${client}(
${members.map((member) => `    ${member},`).join("\n")}
)

completion = client.chat.completions.create(
${parameters.join("\n")}
)
print(completion.choices[0].message${shown(body)})
`;
}

/** A model that may call tools has no text when it does. */
function shown(body: Record<string, unknown>): string {
  return body["tools"] ? "" : ".content";
}

/** Texts and numbers are written alike in JSON and in Python; true, false and null aren't. */
function literal(value: unknown, indent: string): string {
  const inner = `${indent}    `;
  const block = (open: string, close: string, items: string[]) =>
    items.length === 0 ? open + close : `${open}\n${items.map((item) => inner + item).join(",\n")}\n${indent}${close}`;
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) {
    return block(
      "[",
      "]",
      value.map((item) => literal(item, inner)),
    );
  }
  if (typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return block(
    "{",
    "}",
    members.map(([name, member]) => `${JSON.stringify(name)}: ${literal(member, inner)}`),
  );
}
