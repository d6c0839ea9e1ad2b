/** Members are the same in any case. */
export function memberOf(of: unknown, at: unknown): unknown {
  if (Array.isArray(of)) return typeof at === "number" ? (of as unknown[])[at] : undefined;
  if (typeof of !== "object" || of === null || typeof at !== "string") return undefined;
  const name = Object.hasOwn(of, at) ? at : Object.keys(of).find((key) => key.toLowerCase() === at.toLowerCase());
  return name === undefined ? undefined : (of as Record<string, unknown>)[name];
}
