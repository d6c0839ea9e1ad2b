import { asObject } from "../../http/request";
import type { Message } from "../rows/training-row";
import { invalidRequest } from "./chat-error";
import { sampleOf } from "./schema-sample";

/** What the answer must be; `schema` of an object with properties. */
export type ResponseFormat =
  { type: "text" | "json_object" } | { type: "json_schema"; schema: Record<string, unknown> };

const NAME_FORM = /^[a-zA-Z0-9_-]{1,64}$/;

/** @throws AzureError 400; texts of strict schemas: public reports of Azure's answers, the others: guess */
export function readResponseFormat(value: unknown, messages: Message[]): ResponseFormat {
  const format = asObject(value);
  if (value === undefined || value === null || format?.type === "text") return { type: "text" };
  if (format?.type === "json_object") {
    if (!messages.some(({ text }) => /json/i.test(text))) {
      const sentence =
        "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.";
      throw invalidRequest(sentence, "messages");
    }
    return { type: "json_object" };
  }
  if (format?.type !== "json_schema") {
    throw invalidRequest(
      `Invalid value: '${String(format?.type)}'. Supported values are: 'text', 'json_object', and 'json_schema'.`,
      "response_format.type",
    );
  }
  return { type: "json_schema", schema: readSchema(asObject(format.json_schema)) };
}

function readSchema(given: Record<string, unknown> | undefined): Record<string, unknown> {
  if (typeof given?.name !== "string" || !NAME_FORM.test(given.name)) {
    throw invalidRequest(
      "'response_format.json_schema.name' must be 1 to 64 letters, digits, underscores or dashes",
      "response_format.json_schema.name",
    );
  }
  const schema = asObject(given.schema);
  if (!schema) {
    throw invalidRequest(
      "'response_format.json_schema.schema' must be an object",
      "response_format.json_schema.schema",
    );
  }
  if (given.strict === true) requireStrict(schema, `response_format '${given.name}'`, "response_format");
  return schema;
}

/** Strict mode: an object at the top, every object closed, every property required. */
export function requireStrict(schema: Record<string, unknown>, what: string, param: string): void {
  const refuse = (sentence: string) => invalidRequest(`Invalid schema for ${what}: ${sentence}`, param);
  if (schema.type !== "object") {
    throw refuse(
      `schema must be a JSON Schema of 'type: "object"', got 'type: "${typeof schema.type === "string" ? schema.type : "None"}"'.`,
    );
  }
  const look = (part: Record<string, unknown>, path: string[]): void => {
    const context = `In context=(${path.map((step) => `'${step}'`).join(", ")}${path.length === 1 ? "," : ""})`;
    if (part.type === "object") {
      if (part.additionalProperties !== false)
        throw refuse(`${context}, 'additionalProperties' is required to be supplied and to be false.`);
      const required = Array.isArray(part.required) ? part.required : [];
      const missing = Object.keys(asObject(part.properties) ?? {}).find((key) => !required.includes(key));
      if (missing !== undefined) {
        throw refuse(
          `${context}, 'required' is required to be supplied and to be an array including every key in properties. ` +
            `Missing '${missing}'.`,
        );
      }
    }
    for (const [key, property] of Object.entries(asObject(part.properties) ?? {}))
      look(asObject(property) ?? {}, [...path, "properties", key]);
    if (asObject(part.items)) look(asObject(part.items)!, [...path, "items"]);
  };
  look(schema, []);
}

/** The answer in the form that was asked for: JSON of the schema, with the text where the schema has room for one. */
export function inFormat(text: string, format: ResponseFormat): string {
  if (format.type === "json_schema") return JSON.stringify(sampleOf(format.schema, text));
  return format.type === "json_object" ? JSON.stringify({ answer: text }) : text;
}
