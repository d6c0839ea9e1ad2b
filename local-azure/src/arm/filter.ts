import { AzureError } from "../http/azure-error";
import { sameName } from "./resources";

/** One condition of a `$filter`: `name eq 'a'`, `substringof('a', name)`, `atScope()`. */
export interface Condition {
  /** `eq` or `ne`, or a function's name, in lower case. */
  test: string;
  /** The property compared, in lower case. */
  property?: string;
  value?: string;
}

/** Either of these, each of which is all of these conditions; and what was sent. */
export interface Filter {
  text: string;
  either: Condition[][];
}

/** What a filter is applied to. */
export interface Filtered {
  /** Values by the property's name in lower case. */
  fields: Record<string, string>;
  tags?: Record<string, string>;
}

const TEXT = String.raw`'((?:[^']|'')*)'`;
const COMPARISON = new RegExp(String.raw`^(\w+)\s+(eq|ne)\s+${TEXT}$`, "i");
const CALL = new RegExp(String.raw`^(\w+)\(\s*(?:(?:${TEXT}|(\w+))\s*(?:,\s*(?:${TEXT}|(\w+))\s*)?)?\)$`, "i");

/**
 * Reads `and` and `or` of comparisons and functions, without brackets.
 * @throws AzureError InvalidFilterInQueryString for anything else, and for a condition that `allowed` does not know
 */
export function readFilter(text: string | undefined, allowed: (condition: Condition) => boolean): Filter | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const either = split(text, "or").map((part) =>
    split(part, "and").map((condition) => readCondition(condition.trim())),
  );
  const known = either.every((all) => all.every((condition) => condition !== undefined && allowed(condition)));
  if (!known) throw invalidFilter(text);
  return { text, either: either as Condition[][] };
}

export function invalidFilter(text: string): AzureError {
  return new AzureError(400, "InvalidFilterInQueryString", `Invalid $filter '${text}' specified in the query string.`);
}

/** The conditions of a filter of a list that knows no `or`; none without a filter. @throws AzureError InvalidFilterInQueryString */
export function onlyAnd(filter: Filter | undefined): Condition[] {
  if (filter && filter.either.length > 1) throw invalidFilter(filter.text);
  return filter?.either[0] ?? [];
}

/** At a word that is not inside a text. */
function split(text: string, word: "and" | "or"): string[] {
  return text.split(new RegExp(String.raw`\s+${word}\s+(?=(?:[^']*'[^']*')*[^']*$)`, "i"));
}

function readCondition(text: string): Condition | undefined {
  const compared = COMPARISON.exec(text);
  if (compared) {
    const [, property = "", test = "", value = ""] = compared;
    return { test: test.toLowerCase(), property: property.toLowerCase(), value: value.replaceAll("''", "'") };
  }
  const called = CALL.exec(text);
  if (!called) return undefined;
  const [, test = "", first, firstName, second, secondName] = called;
  const value = first ?? second;
  return {
    test: test.toLowerCase(),
    ...(value !== undefined && { value: value.replaceAll("''", "'") }),
    ...((firstName ?? secondName) && { property: (firstName ?? secondName)?.toLowerCase() }),
  };
}

/** Names of tags and values of other properties are the same in any case, values of tags are not. */
export function passes(filter: Filter | undefined, item: Filtered): boolean {
  return !filter || filter.either.some((all) => all.every((condition) => holds(condition, all, item)));
}

function holds(
  { test, property = "", value = "" }: Condition,
  all: Condition[],
  { fields, tags = {} }: Filtered,
): boolean {
  const names = Object.keys(tags);
  if (property === "tagname")
    return names.some((name) => (test === "startswith" ? startsWith(name, value) : sameName(name, value)));
  if (property === "tagvalue") {
    // Of the tag that is named beside it.
    const named = all.find((other) => other.property === "tagname")?.value ?? "";
    return names.some((name) => sameName(name, named) && tags[name] === value);
  }
  const own = fields[property] ?? "";
  if (test === "substringof") return own.toLowerCase().includes(value.toLowerCase());
  return sameName(own, value) === (test === "eq");
}

function startsWith(text: string, start: string): boolean {
  return text.toLowerCase().startsWith(start.toLowerCase());
}
