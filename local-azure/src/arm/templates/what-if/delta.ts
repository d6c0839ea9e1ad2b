import { isDeepStrictEqual } from "node:util";
import { asObject } from "../../../http/request";
import { normalRegion } from "../../resources";

/** A change of one property, as `WhatIfPropertyChange` is published. */
export interface PropertyChange {
  path: string;
  propertyChangeType: "Create" | "Delete" | "Modify" | "Array";
  before?: unknown;
  after?: unknown;
  children?: PropertyChange[];
}

/**
 * What a write changes: the members of `after` that `before` has otherwise or not at all, and those of `sent` (what the last write set) that the
 * new one leaves out.
 */
export function delta(before: unknown, after: unknown, sent: unknown, path = ""): PropertyChange[] {
  const [was, will, set] = [asObject(before) ?? {}, asObject(after) ?? {}, asObject(sent) ?? {}];
  const written = Object.entries(will).flatMap(([name, value]) =>
    changeOf(was[name], value, set[name], path === "" ? name : `${path}.${name}`),
  );
  const left = Object.keys(set)
    .filter((name) => !(name in will) && set[name] !== undefined)
    .map((name): PropertyChange => {
      const at = path === "" ? name : `${path}.${name}`;
      return { path: at, propertyChangeType: "Delete", before: was[name] ?? set[name] };
    });
  return [...written, ...left];
}

function changeOf(was: unknown, will: unknown, set: unknown, path: string): PropertyChange[] {
  if (isSame(was, will, path)) return [];
  if (asObject(was) && asObject(will)) return delta(was, will, set, path);
  if (Array.isArray(was) && Array.isArray(will)) {
    const children = items(was, will);
    return children.length === 0 ? [] : [{ path, propertyChangeType: "Array", before: was, after: will, children }];
  }
  if (was === undefined || was === null) return [{ path, propertyChangeType: "Create", after: will }];
  return [{ path, propertyChangeType: "Modify", before: was, after: will }];
}

/** A region has two spellings. */
function isSame(was: unknown, will: unknown, path: string): boolean {
  if (path === "location") return normalRegion(String(was)) === normalRegion(String(will));
  return isDeepStrictEqual(was, will) || ((will === null || isEmpty(will)) && was === undefined);
}

function isEmpty(value: unknown): boolean {
  const members = asObject(value);
  return members !== undefined && Object.keys(members).length === 0;
}

/** Items by their place: a plain one that differs is deleted and created, as in the documented output. */
function items(was: unknown[], will: unknown[]): PropertyChange[] {
  const length = Math.max(was.length, will.length);
  return Array.from({ length }, (_, at): PropertyChange[] => {
    const path = String(at);
    if (isDeepStrictEqual(was[at], will[at])) return [];
    if (asObject(was[at]) && asObject(will[at])) {
      const children = delta(was[at], will[at], was[at]);
      return children.length === 0 ? [] : [{ path, propertyChangeType: "Modify", children }];
    }
    return [
      ...(at < was.length ? [{ path, propertyChangeType: "Delete" as const, before: was[at] }] : []),
      ...(at < will.length ? [{ path, propertyChangeType: "Create" as const, after: will[at] }] : []),
    ];
  }).flat();
}
