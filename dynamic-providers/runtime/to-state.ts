/**
 * Outputs as the engine can store them: plain JSON. A property that is `undefined` is left out; a Date or a BigInt would make the
 * engine refuse the outputs after the remote object exists, and so lose it.
 *
 * @throws TypeError for values that JSON has no form for (functions, symbols, BigInt, NaN and infinite numbers): a bug of ours.
 */
export function toState<T extends object>(state: T): T {
  return clean(state, "state") as T;
}

function clean(value: unknown, path: string): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item, index) => clean(item ?? null, `${path}[${index}]`));
  if (typeof value === "object" && isPlain(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, clean(item, `${path}.${key}`)]),
    );
  }
  throw new TypeError(`${path} can't be stored as JSON (${typeof value}).`);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
