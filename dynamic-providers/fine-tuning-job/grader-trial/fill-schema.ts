interface Schema {
  type?: unknown;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, unknown>;
  items?: unknown;
  anyOf?: unknown[];
}

/**
 * A value that has the form of a JSON schema, made of one text: as every string in it, and as every number where it is one. What is of no text
 * (true, null, an enum's first word) is the same for every text. References (`$ref`) are not followed, and give null.
 *
 * @param schema - of `response_format.json_schema`: what structured outputs take
 */
export function fillSchema(schema: unknown, text: string): unknown {
  const { type, enum: words, const: constant, properties, items, anyOf } = (schema ?? {}) as Schema;
  if (constant !== undefined) return constant;
  if (words) return words.find((word) => word === text) ?? words[0];
  if (anyOf) return fillSchema(anyOf[0], text);
  switch (Array.isArray(type) ? (type as unknown[])[0] : type) {
    case "object":
      return Object.fromEntries(
        Object.entries(properties ?? {}).map(([name, inner]) => [name, fillSchema(inner, text)]),
      );
    case "array":
      return [fillSchema(items, text)];
    case "string":
      return text;
    case "number":
      return numberOf(text);
    case "integer":
      return Math.round(numberOf(text));
    case "boolean":
      return true;
    default:
      return null;
  }
}

function numberOf(text: string): number {
  const number = Number(text);
  return text.trim() === "" || !Number.isFinite(number) ? 0 : number;
}
