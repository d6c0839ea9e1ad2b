import { invalidRequest } from "./chat-error";

export interface Range {
  least: number;
  most?: number;
  whole?: boolean;
}

/** A number of a body, or undefined where there is none. @throws AzureError 400; texts: the OpenAI API's, as public reports have them */
export function readNumber(value: unknown, name: string, { least, most, whole = false }: Range): number | undefined {
  if (value === undefined || value === null) return undefined;
  const kind = whole ? "integer" : "decimal";
  if (typeof value !== "number" || (whole && !Number.isInteger(value))) {
    const sentence = `Invalid type for '${name}': expected ${whole ? "an integer" : "a decimal"}, but got ${typeName(value)} instead.`;
    throw invalidRequest(sentence, name, "invalid_type");
  }
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
  if (value === undefined || value === null || typeof value === "boolean") return value ?? undefined;
  const sentence = `Invalid type for '${name}': expected a boolean, but got ${typeName(value)} instead.`;
  throw invalidRequest(sentence, name, "invalid_type");
}

/** The value of a body if it is one of these. @throws AzureError 400 */
export function readOneOf<T extends string>(value: unknown, name: string, known: readonly T[]): T {
  if (known.includes(value as T)) return value as T;
  const listed = known.map((one) => `'${one}'`);
  const all = listed.length > 1 ? `${listed.slice(0, -1).join(", ")}, and ${listed.at(-1)!}` : listed[0]!;
  throw invalidRequest(`Invalid value: '${String(value)}'. Supported values are: ${all}.`, name, "invalid_value");
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return typeof value === "number" ? (Number.isInteger(value) ? "an integer" : "a decimal") : `a ${typeof value}`;
}
