import { CREATE_BEFORE_DELETE } from "./input-defaults";
import type { ResourceType } from "./resource-type";
import { programMembers } from "./shape";
import { isObject, isSecret, unwrapped, type Properties, type Value } from "./values";

export interface InputChange {
  operation: "add" | "delete" | "update";
  replace: boolean;
}

export interface InputChanges {
  /** By property path (`properties.publicNetworkAccess`, `tags["cost.center"]`). */
  changes: Map<string, InputChange>;
  deleteBeforeReplace: boolean;
}

/** What differs between the inputs in the state and the checked inputs, and what of it needs another resource. */
export function inputChanges(
  type: ResourceType,
  oldInputs: Properties,
  newInputs: Properties,
  oldOutputs: Properties,
): InputChanges {
  const replacing = replacingProperties(type);
  const changes = new Map<string, InputChange>();
  for (const name of names(oldInputs, newInputs).filter((candidate) => !candidate.startsWith("__"))) {
    const before = oldInputs[name];
    const after = newInputs[name];
    if (name === "location" && sameLocation(before, after)) continue;
    // A property newly written into the program with the value that the resource has already.
    const isAsAnswered =
      before === undefined &&
      (equal(after, oldOutputs[name]) || (name === "location" && sameLocation(after, oldOutputs[name])));
    const replace = replacing.has(name) && !isAsAnswered;
    for (const [path, operation] of differences(name, before, after)) changes.set(path, { operation, replace });
  }
  const replaces = [...changes.values()].some((change) => change.replace);
  return { changes, deleteBeforeReplace: replaces && oldInputs[CREATE_BEFORE_DELETE] !== true };
}

function replacingProperties(type: ResourceType): Set<string> {
  const inBody = Object.entries(programMembers(type.body)).filter(([, member]) => member.replaces);
  return new Set([...Object.keys(type.pathParameters), ...inBody.map(([name]) => name)]);
}

/** "Sweden Central" and "swedencentral" are one place. */
function sameLocation(one: Value | undefined, other: Value | undefined): boolean {
  const [a, b] = [one, other].map((value) => (value === undefined ? value : unwrapped(value)));
  const normal = (location: string) => location.toLowerCase().replaceAll(" ", "");
  return typeof a === "string" && typeof b === "string" && normal(a) === normal(b);
}

function differences(
  path: string,
  before: Value | undefined,
  after: Value | undefined,
): [string, InputChange["operation"]][] {
  if (equal(before, after)) return [];
  if (isMissing(before)) return [[path, "add"]];
  if (isMissing(after)) return [[path, "delete"]];
  if (isSecret(before) !== isSecret(after)) return [[path, "update"]];
  const [old, now] = [unwrapped(before!), unwrapped(after!)];
  if (isObject(old) && isObject(now))
    return names(old, now).flatMap((name) => differences(path + memberPath(name), old[name], now[name]));
  if (Array.isArray(old) && Array.isArray(now)) {
    const indexes = [...Array(Math.max(old.length, now.length)).keys()];
    return indexes.flatMap((index) => differences(`${path}[${index}]`, old[index], now[index]));
  }
  return [[path, "update"]];
}

function memberPath(name: string): string {
  return /^[A-Za-z_$][\w$-]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function names(one: Properties, other: Properties): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

function isMissing(value: Value | undefined): boolean {
  return value === undefined || value === null;
}

export function equal(one: Value | undefined, other: Value | undefined): boolean {
  if (isMissing(one) || isMissing(other)) return isMissing(one) && isMissing(other);
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => equal(item, other[index]));
  if (isObject(one) && isObject(other)) return names(one, other).every((name) => equal(one[name], other[name]));
  return one === other;
}
