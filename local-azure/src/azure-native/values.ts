/**
 * Property values as they cross the provider protocol: JSON, in which an unknown is one of a few fixed strings and a
 * secret is an object with a fixed signature (Pulumi SDK, `runtime/rpc` and `sdk/go/common/resource/plugin/rpc.go`).
 */
export type Value = null | boolean | number | string | Value[] | Properties;
export interface Properties {
  [name: string]: Value;
}

/** Stands for a value that is not known before the update; the other types have strings of their own. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export function isUnknown(value: Value | undefined): boolean {
  return typeof value === "string" && UNKNOWNS.has(value);
}

export function containsUnknown(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (isObject(value)) return Object.values(value).some(containsUnknown);
  return isUnknown(value);
}

export function isObject(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSecret(value: Value | undefined): boolean {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

export function secret(value: Value): Value {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** The value inside a secret, or the value itself; nested secrets stay. */
export function unwrapped(value: Value): Value {
  return isSecret(value) ? ((value as Properties).value ?? null) : value;
}

/** A copy without secret wrappers at any depth and without nulls in objects, which mean "not given". */
export function plain(value: Value): Value {
  const inner = unwrapped(value);
  if (Array.isArray(inner)) return inner.map(plain);
  return isObject(inner) ? plainProperties(inner) : inner;
}

export function plainProperties(properties: Properties): Properties {
  const given = Object.entries(properties).filter(([, value]) => unwrapped(value) !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, plain(value)]));
}

/** `values`, with a secret wrapper wherever `pattern` has one: what was put in as a secret comes out as one. */
export function withSecretsOf(pattern: Value | undefined, values: Value): Value {
  if (isSecret(pattern)) return secret(plain(values));
  if (isObject(pattern) && isObject(values) && !isSecret(values)) {
    const marked = Object.entries(values).map(([name, value]) => [name, withSecretsOf(pattern[name], value)]);
    return Object.fromEntries(marked) as Properties;
  }
  if (Array.isArray(pattern) && Array.isArray(values))
    return values.map((value, index) => withSecretsOf(pattern[index], value));
  return values;
}
