/** `["item", "x", "0"]` of `item.x[0]`; `undefined` when it is no path. */
export function pathOf(template: string): string[] | undefined {
  if (!/^[A-Za-z_]\w*(?:\.[\w-]+|\[\d+\]|\[(?:"[^"\]]+"|'[^'\]]+')\])*$/.test(template)) return undefined;
  return [...template.matchAll(/[\w-]+|"[^"]+"|'[^']+'/g)].map(([part]) => part.replace(/^["']|["']$/g, ""));
}

/** Whether a value of JSON has what the path names. */
export function hasPath(root: unknown, path: readonly string[]): boolean {
  let value: unknown = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  return true;
}
