import { nearestOf } from "../nearest";
import { keyName } from "../rules/row-rules";

/** A hint at the key that a path most likely means, from the place in the row where it leads nowhere. */
export function nearestPath(row: unknown, path: readonly string[]): string {
  let value: unknown = row;
  for (const [index, key] of path.entries()) {
    if (typeof value !== "object" || value === null) return "";
    if (!Object.hasOwn(value, key)) {
      const keys = Object.keys(value).filter((other) => index > 0 || !["messages", "tools"].includes(other));
      const nearest = nearestOf(key, keys.slice(0, 100));
      if (nearest === undefined) return "";
      const name = [...path.slice(0, index), nearest].join(".");
      return keyName(nearest).startsWith("'") ? `; the nearest key is '${name}'` : "";
    }
    value = (value as Record<string, unknown>)[key];
  }
  return "";
}
