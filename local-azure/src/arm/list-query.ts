import { AzureError } from "../http/azure-error";
import type { Request } from "../http/request";
import { invalidFilter, passes, readFilter, type Condition, type Filter, type Filtered } from "./filter";

/** Documented: groups are filtered by tag alone. */
export function isByTag({ test, property }: Condition): boolean {
  return property === "tagname" ? ["eq", "startswith"].includes(test) : property === "tagvalue" && test === "eq";
}

/** Documented: of resources also these. */
const FIELDS = ["name", "location", "resourcetype", "resourcegroup"];

export function isOfResource(condition: Condition): boolean {
  const { test, property = "" } = condition;
  if (test === "substringof") return ["name", "resourcegroup"].includes(property);
  return isByTag(condition) || (FIELDS.includes(property) && ["eq", "ne"].includes(test));
}

/**
 * `$filter` and `$top` of a list.
 * @throws AzureError InvalidFilterInQueryString, and for a `$top` that is no whole number from 1 InvalidTopInQueryString (guess)
 */
export function listed<T>(
  { query }: Pick<Request, "query">,
  all: T[],
  allowed: (condition: Condition) => boolean,
  view: (item: T) => Filtered,
): T[] {
  const filter = readFilter(query.$filter, allowed);
  checkTags(filter);
  const found = all.filter((item) => passes(filter, view(item)));
  const { $top: top } = query;
  if (top === undefined) return found;
  if (!/^[1-9]\d*$/.test(top))
    throw new AzureError(400, "InvalidTopInQueryString", `Invalid $top '${top}' specified in the query string.`);
  return found.slice(0, Number(top));
}

/** A tag's value is one of the tag that is named. */
function checkTags(filter: Filter | undefined): void {
  for (const all of filter?.either ?? []) {
    const has = (wanted: string) => all.some(({ property, test }) => property === wanted && test === "eq");
    if (filter && has("tagvalue") && !has("tagname")) throw invalidFilter(filter.text);
  }
}
