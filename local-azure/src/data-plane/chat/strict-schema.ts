import { asObject } from "../../http/request";
import { invalidRequest } from "./chat-error";

/** Keywords that strict schemas may not use: Microsoft's page on structured outputs; texts: public reports. */
const NOT_PERMITTED = (
  "allOf not if then else dependentRequired dependentSchemas minLength maxLength pattern format minimum maximum multipleOf " +
  "patternProperties unevaluatedProperties propertyNames minProperties maxProperties unevaluatedItems contains minContains " +
  "maxContains minItems maxItems uniqueItems"
).split(" ");

type Schema = Record<string, unknown>;

/**
 * Strict mode: an object at the top, every object closed, every property required, and no keyword that constrains more than that.
 * @param what - whose schema it is, as Azure names it; `param`: the member at fault
 * @throws AzureError 400
 */
export function requireStrict(schema: Schema, what: string, param: string): void {
  const problem = schema.type === "object" ? problemOf(schema, []) : notAnObject(schema.type);
  if (problem !== undefined) throw invalidRequest(`Invalid schema for ${what}: ${problem}`, param);
}

function notAnObject(type: unknown): string {
  return `schema must be a JSON Schema of 'type: "object"', got 'type: "${typeof type === "string" ? type : "None"}"'.`;
}

function problemOf(part: Schema, path: string[]): string | undefined {
  const context = `In context=(${path.map((step) => `'${step}'`).join(", ")}${path.length === 1 ? "," : ""})`;
  const refused = NOT_PERMITTED.find((keyword) => part[keyword] !== undefined);
  if (refused !== undefined) return `${context}, '${refused}' is not permitted.`;
  if (part.type === "object") {
    if (part.additionalProperties !== false)
      return `${context}, 'additionalProperties' is required to be supplied and to be false.`;
    const required = Array.isArray(part.required) ? part.required : [];
    const missing = Object.keys(asObject(part.properties) ?? {}).find((key) => !required.includes(key));
    if (missing !== undefined) {
      return (
        `${context}, 'required' is required to be supplied and to be an array including every key in properties. ` +
        `Missing '${missing}'.`
      );
    }
  }
  for (const [inner, innerPath] of partsOf(part)) {
    const problem = problemOf(inner, [...path, ...innerPath]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Schemas inside a schema, and their paths from it. */
function partsOf(part: Schema): [Schema, string[]][] {
  const named = ["properties", "$defs", "definitions"].flatMap((list) =>
    Object.entries(asObject(part[list]) ?? {}).map(([name, inner]): [unknown, string[]] => [inner, [list, name]]),
  );
  const listed = (Array.isArray(part.anyOf) ? (part.anyOf as unknown[]) : []).map((inner, at): [unknown, string[]] => [
    inner,
    ["anyOf", String(at)],
  ]);
  const all = [...named, ...listed, [part.items, ["items"]] as [unknown, string[]]];
  return all.flatMap(([inner, path]): [Schema, string[]][] => (asObject(inner) ? [[asObject(inner)!, path]] : []));
}
