import { asObject } from "../../http/request";

/** Objects in objects that are filled in; a schema may refer to itself. */
const MAX_DEPTH = 8;

/**
 * A value that a JSON schema allows, as far as it uses what structured outputs allow (types, properties, items, enum, const, anyOf,
 * $ref). Texts are `text`, numbers the first one in it.
 */
export function sampleOf(schema: Record<string, unknown>, text: string): unknown {
  const fill = (part: Record<string, unknown>, depth: number): unknown => {
    const target = typeof part.$ref === "string" ? resolve(schema, part.$ref) : part;
    if (target.const !== undefined) return target.const;
    if (Array.isArray(target.enum)) return target.enum[0];
    if (Array.isArray(target.anyOf)) return fill(asObject(target.anyOf[0]) ?? {}, depth + 1);
    const [type] = (Array.isArray(target.type) ? target.type : [target.type]) as unknown[];
    switch (type) {
      case "object":
        return depth > MAX_DEPTH ? {} : filled(asObject(target.properties) ?? {}, depth);
      case "array":
        return depth > MAX_DEPTH ? [] : [fill(asObject(target.items) ?? {}, depth + 1)];
      case "number":
        return numberIn(text);
      case "integer":
        return Math.trunc(numberIn(text));
      case "boolean":
        return true;
      case "null":
        return null;
      default:
        return text;
    }
  };
  const filled = (properties: Record<string, unknown>, depth: number): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, fill(asObject(property) ?? {}, depth + 1)]),
    );
  return fill(schema, 0);
}

/** `#`, or a path such as `#/$defs/step`. */
function resolve(schema: Record<string, unknown>, reference: string): Record<string, unknown> {
  return reference
    .split("/")
    .slice(1)
    .reduce<Record<string, unknown>>((part, step) => asObject(part[step]) ?? {}, schema);
}

function numberIn(text: string): number {
  return Number(/-?\d+(\.\d+)?/.exec(text)?.[0] ?? 0);
}
