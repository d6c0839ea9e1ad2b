import { asObject } from "../../http/request";
import type { Flavour } from "../api/flavour";
import { isSince } from "../api/flavour";
import { sampleOf } from "../answering/schema-sample";
import type { Message } from "../rows/training-row";
import { invalidRequest } from "./chat-error";
import { readOneOf } from "./parameters";
import { schemaInPrompt } from "./schema-in-prompt";
import { requireStrict } from "./strict-schema";
import { requireSchema } from "./tools";

/** What the answer must be; `schema` is a JSON schema, of `json_object` one that the conversation asks for in words. */
export type ResponseFormat =
  | { type: "text" }
  | { type: "json_object"; schema?: Record<string, unknown> }
  | { type: "json_schema"; name: string; strict: boolean; schema: Record<string, unknown> };

const NAME_FORM = /^[a-zA-Z0-9_-]{1,64}$/;
/** First dated version with schemas (recorded). */
const SCHEMAS_SINCE = "2024-08-01";

/** @throws AzureError 400; texts of schemas and versions: public reports of Azure's answers, the others: guess */
export function readResponseFormat(value: unknown, messages: Message[], flavour: Flavour): ResponseFormat {
  if (value === undefined || value === null) return { type: "text" };
  const format = asObject(value);
  const type = readOneOf(format?.type, "response_format.type", ["json_object", "json_schema", "text"]);
  if (type === "text") return { type };
  if (type === "json_object") return jsonObject(messages, "messages", "response_format");

  if (!isSince(flavour, SCHEMAS_SINCE)) {
    const sentence =
      "response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later";
    throw invalidRequest(sentence, "response_format");
  }
  const given = asObject(format?.json_schema);
  return { type, ...readNamedSchema(given, "response_format", "response_format.json_schema") };
}

/** @throws AzureError 400 where nobody says JSON; text: the OpenAI API's */
export function jsonObject(messages: Message[], list: string, member: string): ResponseFormat {
  const schema = schemaInPrompt(messages);
  if (messages.some(({ text }) => /json/i.test(text))) return { type: "json_object", ...(schema && { schema }) };
  const sentence = `'${list}' must contain the word 'json' in some form, to use '${member}' of type 'json_object'.`;
  throw invalidRequest(sentence, list);
}

/** @param member - what the schema is for, as refusals name it; `where`: the place of name and schema in the body */
export function readNamedSchema(
  given: Record<string, unknown> | undefined,
  member: string,
  where: string,
): { name: string; strict: boolean; schema: Record<string, unknown> } {
  if (typeof given?.name !== "string")
    throw invalidRequest(`Missing required parameter: '${where}.name'.`, `${where}.name`, "missing_required_parameter");
  if (!NAME_FORM.test(given.name)) {
    const sentence = `Invalid '${where}.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`;
    throw invalidRequest(sentence, `${where}.name`, "invalid_value");
  }
  const schema = asObject(given.schema);
  if (!schema) {
    const sentence = `Missing required parameter: '${where}.schema'.`;
    throw invalidRequest(sentence, `${where}.schema`, "missing_required_parameter");
  }
  const strict = given.strict === true;
  const what = `${member} '${given.name}'`;
  if (strict) requireStrict(schema, what, member);
  requireSchema(schema, what, member);
  return { name: given.name, strict, schema };
}

/** The answer in the form that was asked for: JSON of the schema, with the answer where the schema has room for it. */
export function inFormat(text: string, format: ResponseFormat): string {
  if (format.type === "text") return text;
  if (format.schema) return sampleOf(format.schema, text);
  if (isJsonObject(text)) return text;
  return JSON.stringify({ answer: text });
}

/** Whether the text is such an answer as it is. */
export function isInFormat(text: string, format: ResponseFormat): boolean {
  return format.type === "text" || inFormat(text, format) === text;
}

function isJsonObject(text: string): boolean {
  try {
    return asObject(JSON.parse(text)) !== undefined;
  } catch {
    return false;
  }
}
