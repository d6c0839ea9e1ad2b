import { asObject } from "../../../http/request";
import { invalidTemplate } from "../errors";
import { memberOf } from "../expressions/members";
import type { TemplateFunction } from "../expressions/scope";
import { Arguments } from "./arguments";
import { sameValue } from "./logic";
import { asText } from "./text";

type Members = Record<string, unknown>;

/** Texts, lists and objects: many functions take each of them. */
export const collectionFunctions: Record<string, TemplateFunction> = {
  array: (values, name) => {
    const [value] = new Arguments(name, values, 1).values;
    return Array.isArray(value) ? (value as unknown[]) : [value];
  },
  concat: (values, name) => {
    const given = new Arguments(name, values, 1, Infinity);
    return Array.isArray(values[0]) ? given.all("array").flat() : values.map(asText).join("");
  },
  contains: (values, name) => {
    const given = new Arguments(name, values, 2);
    const [where, what] = [given.oneOf(0, ["text", "array", "object"]), values[1]];
    if (typeof where === "string") return where.includes(asText(what));
    if (Array.isArray(where)) return where.some((item) => sameValue(item, what));
    return memberOf(where, asText(what)) !== undefined;
  },
  createarray: (values) => values,
  createobject: (values, name) => {
    const given = new Arguments(name, values, 0, Infinity);
    if (values.length % 2 === 1) throw invalidTemplate("createObject expects names and values in turn");
    const object: Members = {};
    for (let at = 0; at < values.length; at += 2) object[given.get(at, "text")] = values[at + 1];
    return object;
  },
  empty: (values, name) => {
    const [value] = new Arguments(name, values, 1).values;
    return value === null || sizeOf(value) === 0;
  },
  first: (values, name) => pick(new Arguments(name, values, 1).oneOf(0, ["text", "array"]), 0),
  last: (values, name) => pick(new Arguments(name, values, 1).oneOf(0, ["text", "array"]), -1),
  flatten: (values, name) => new Arguments(name, values, 1).get(0, "array").flat(),
  intersection: (values, name) => {
    const given = new Arguments(name, values, 2, Infinity);
    if (Array.isArray(values[0])) {
      const [first = [], ...others] = given.all("array");
      return first.filter((item) => others.every((other) => other.some((one) => sameValue(one, item))));
    }
    const [first = {}, ...others] = given.all("object");
    return Object.fromEntries(
      Object.entries(first).filter(([key, value]) => others.every((other) => sameValue(memberOf(other, key), value))),
    );
  },
  /** In the order of the names, as documented. */
  items: (values, name) =>
    Object.entries(new Arguments(name, values, 1).get(0, "object"))
      .map(([key, value]) => ({ key, value }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  objectkeys: (values, name) => Object.keys(new Arguments(name, values, 1).get(0, "object")).sort(),
  json: (values, name) => {
    const text = new Arguments(name, values, 1).get(0, "text");
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw invalidTemplate(`The template language function 'json' cannot read '${text}'`);
    }
  },
  length: (values, name) => {
    const given = new Arguments(name, values, 1);
    return sizeOf(given.oneOf(0, ["text", "array", "object"]));
  },
  range: (values, name) => {
    const [start = 0, count = 0] = new Arguments(name, values, 2).all("integer");
    if (count < 0 || count > 10_000) throw invalidTemplate(`The count of 'range' is ${count}; expected 0 to 10000`);
    return Array.from({ length: count }, (_, at) => start + at);
  },
  shallowmerge: (values, name) => Object.assign({}, ...new Arguments(name, values, 1).get(0, "array")) as Members,
  skip: (values, name) => {
    const given = new Arguments(name, values, 2);
    return (given.oneOf(0, ["text", "array"]) as string).slice(Math.max(given.get(1, "integer"), 0));
  },
  take: (values, name) => {
    const given = new Arguments(name, values, 2);
    return (given.oneOf(0, ["text", "array"]) as string).slice(0, Math.max(given.get(1, "integer"), 0));
  },
  /** The last list or object wins; objects are merged to the ground. */
  union: (values, name) => {
    const given = new Arguments(name, values, 1, Infinity);
    if (!Array.isArray(values[0])) return given.all("object").reduce(merged, {});
    const all = given.all("array").flat();
    return all.filter((item, at) => all.findIndex((other) => sameValue(other, item)) === at);
  },
};

function pick(list: unknown, at: number): unknown {
  if (typeof list === "string") return list.at(at) ?? "";
  return (list as unknown[]).at(at) ?? null;
}

function sizeOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 1;
}

function merged(into: Members, other: Members): Members {
  const result = { ...into };
  for (const [key, value] of Object.entries(other)) {
    const name = Object.keys(result).find((known) => known.toLowerCase() === key.toLowerCase()) ?? key;
    const [mine, theirs] = [asObject(result[name]), asObject(value)];
    result[name] = mine && theirs ? merged(mine, theirs) : value;
  }
  return result;
}
