import { isObject } from "./json";

const TYPES = ["text", "json_object", "json_schema"];

/**
 * What is wrong with the response format of a reinforcement job, a sentence each: its form (the chat API's `response_format`), and a member of the
 * answer's JSON that the grader reads and the schema does not have.
 *
 * @param read - paths below `sample.output_json` that the grader's templates read
 */
export function responseFormatProblems(format: unknown, read: readonly (readonly string[])[]): string[] {
  if (format === undefined || format === null) return [];
  if (!isObject(format)) return ["responseFormat is not an object; expected type and json_schema."];
  const { type, json_schema: described } = format;
  if (!TYPES.includes(String(type)))
    return [`responseFormat.type is ${JSON.stringify(type) ?? "missing"}; expected ${TYPES.join(", ")}.`];
  if (type !== "json_schema") return [];
  if (!isObject(described)) return ["responseFormat.json_schema is missing; expected name and schema."];
  const { name, schema } = described;
  const problems: string[] = [];
  if (typeof name !== "string" || !/^[\w-]{1,64}$/.test(name))
    problems.push("responseFormat.json_schema.name is not a name; expected 1 to 64 characters (A-Z a-z 0-9 _ -).");
  if (!isObject(schema)) return [...problems, "responseFormat.json_schema.schema is missing; expected a JSON schema."];
  return [...problems, ...read.flatMap((path) => missingMember(schema, path))];
}

/** A schema that says nothing of its members (no `properties`, a reference, alternatives) may have any. */
function missingMember(schema: Record<string, unknown>, path: readonly string[]): string[] {
  let inner: Record<string, unknown> = schema;
  for (const key of path) {
    const { properties } = inner;
    if (!isObject(properties)) return [];
    const next = properties[key];
    if (!isObject(next)) {
      const names = Object.keys(properties).join(", ") || "none";
      return [
        `The grader reads sample.output_json.${path.join(".")}, but the schema of responseFormat has no '${key}' there; it has ${names}.`,
      ];
    }
    inner = next;
  }
  return [];
}
