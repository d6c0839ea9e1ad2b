import { requestBody } from "../../azure-openai/chat-body";
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
function bodyOf({ deployment, ...asked }: ChatCall): Record<string, unknown> {
  return requestBody({ deploymentName: deployment, ...asked });
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
console.log(completion.choices[0]?.message${shown(body)});
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
