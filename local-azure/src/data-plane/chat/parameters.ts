import { invalidRequest } from "./chat-error";

export interface Range {
  least: number;
  most?: number;
  whole?: boolean;
}

/** What a member of a body may be; `any`: several, read elsewhere. */
export type MemberType = "array" | "boolean" | "integer" | "number" | "object" | "string" | "any";

const named: Record<MemberType, string> = {
  array: "an array",
  boolean: "a boolean",
  integer: "an integer",
  number: "a decimal",
  object: "an object",
  string: "a string",
  any: "",
};

/** Null counts as absent. @throws AzureError 400; text: the OpenAI API's, as public reports have it */
export function requireType(value: unknown, name: string, type: MemberType): void {
  if (value === undefined || value === null || type === "any") return;
  const found = typeOf(value);
  if (found === type || (found === "integer" && type === "number")) return;
  const sentence = `Invalid type for '${name}': expected ${named[type]}, but got ${named[found]} instead.`;
  throw invalidRequest(sentence, name, "invalid_type");
}

function typeOf(value: unknown): MemberType {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value as "boolean" | "object" | "string";
}

/** A number of a body, or undefined where there is none. @throws AzureError 400; texts: the OpenAI API's, as public reports have them */
export function readNumber(given: unknown, name: string, { least, most, whole = false }: Range): number | undefined {
  requireType(given, name, whole ? "integer" : "number");
  if (given === undefined || given === null) return undefined;
  const value = given as number;
  const kind = whole ? "integer" : "decimal";
  if (value < least) {
    const sentence = `Invalid '${name}': ${kind} below minimum value. Expected a value >= ${least}, but got ${value} instead.`;
    throw invalidRequest(sentence, name, `${kind}_below_min_value`);
  }
  if (most !== undefined && value > most) {
    const sentence = `Invalid '${name}': ${kind} above maximum value. Expected a value <= ${most}, but got ${value} instead.`;
    throw invalidRequest(sentence, name, `${kind}_above_max_value`);
  }
  return value;
}

/** @throws AzureError 400 */
export function readFlag(value: unknown, name: string): boolean | undefined {
  requireType(value, name, "boolean");
  return (value as boolean | null | undefined) ?? undefined;
}

/** The value of a body if it is one of these. @throws AzureError 400 */
export function readOneOf<T extends string>(value: unknown, name: string, known: readonly T[]): T {
  if (known.includes(value as T)) return value as T;
  const listed = known.map((one) => `'${one}'`);
  const all = listed.length > 1 ? `${listed.slice(0, -1).join(", ")}, and ${listed.at(-1)!}` : listed[0]!;
  throw invalidRequest(`Invalid value: '${String(value)}'. Supported values are: ${all}.`, name, "invalid_value");
}
