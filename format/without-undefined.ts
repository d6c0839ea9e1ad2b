/** The fields that have a value (null is one): for spreads, where an undefined would overwrite a default, and for bodies that are compared. */
export function withoutUndefined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
