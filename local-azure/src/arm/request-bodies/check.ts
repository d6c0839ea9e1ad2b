import Ajv, { type ErrorObject } from "ajv";
import type { DataValidationCxt } from "ajv/dist/types";
import { invalidRequestContent } from "../errors";
import schemas from "./schemas.json";

/**
 * Types of request bodies: generated from the published Swagger document of 2025-06-01, with which `test/contract/request-schemas.test.ts`
 * compares them. Members that it does not have pass, since later api-versions have more.
 */
export type CheckedBody = keyof typeof schemas;

// Resource Manager's own reader takes `"1"` for a number and `"true"` for a boolean (recorded for the capacity that az sends; others: guess).
const ajv = new Ajv({ coerceTypes: true, strict: false, verbose: true });
ajv.addKeyword({ keyword: "text", validate: (_: unknown, value: unknown) => typeof value === "string" });
ajv.addKeyword({ keyword: "names", modifying: true, validate: isName });
const validators = Object.fromEntries(
  Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(withPlainTexts(schema) as object)]),
);

/** The other way round nothing is converted: a number is no text. */
function withPlainTexts(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return schema;
  const entries = Object.entries(schema).map(([name, member]): [string, unknown] =>
    name === "type" && member === "string" ? ["text", true] : [name, withPlainTexts(member)],
  );
  return Object.fromEntries(entries);
}

/**
 * The body with its nulls left out, texts read as the numbers and booleans that are due, and names of enumerations spelled as published.
 * @throws AzureError 400 InvalidRequestContent naming the member, its value and what is allowed; code and text are guesses
 */
export function checkBody(name: CheckedBody, body: Record<string, unknown>): Record<string, unknown> {
  const copy = withoutNulls(body) as Record<string, unknown>;
  const validate = validators[name]!;
  if (!validate(copy)) throw invalidRequestContent(sentenceOf(validate.errors![0]!));
  return copy;
}

/** Case and spaces do not matter: `SystemAssigned,UserAssigned` is one of the names, too (guess). */
function isName(names: string[], value: unknown, _schema: unknown, place?: DataValidationCxt): boolean {
  const known = names.find((name) => plain(name) === plain(String(value)));
  if (known !== undefined && place) place.parentData[place.parentDataProperty] = known;
  return known !== undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(" ", "");
}

const TYPES: Record<string, string> = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  object: "an object",
};

function sentenceOf({ instancePath, keyword, schema, data }: ErrorObject): string {
  const member = instancePath
    .slice(1)
    .replace(/\/(\d+)(?=\/|$)/g, "[$1]")
    .replaceAll("/", ".");
  const allowed =
    keyword === "names"
      ? `one of ${(schema as string[]).join(", ")}`
      : keyword === "text"
        ? "a string"
        : TYPES[schema as string];
  return `${member} must be ${allowed}, not ${shortened(JSON.stringify(data))}.`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNulls(member)]));
}
