import { hasUnknown } from "../runtime/unknown";
import { canonicalJson } from "./canonical-json";

/** Members of a request, as the service takes them. */
export type Members = Record<string, unknown>;

/**
 * Objects of the request that this program sends too, so that `extraBody` adds to them: everything else of it is one value, sent as it is.
 * Paths have at most this form: `method`, `method.<method>`, `method.<method>.hyperparameters`.
 */
function isShared(path: readonly string[]): boolean {
  return path[0] === "method" && path.length <= 3 && (path.length < 3 || path[2] === "hyperparameters");
}

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What `extraBody` adds to the request, value by value, each with its path: `["method", "supervised", "hyperparameters", "rank"]`. */
export function extraMembers(
  extraBody: Members = {},
  parent: readonly string[] = [],
): [path: string[], value: unknown][] {
  return Object.entries(extraBody).flatMap(([name, value]) => {
    const path = [...parent, name];
    if (value === undefined) return [];
    return isShared(path) && isMembers(value) ? extraMembers(value, path) : [[path, value] as [string[], unknown]];
  });
}

/** The values by path, as people read them: `method.supervised.hyperparameters.rank`; undefined where there are none. */
export function extraFields(extraBody: Members | undefined): Record<string, unknown> | undefined {
  const fields = extraMembers(extraBody).map(([path, value]) => [path.join("."), value] as const);
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}

/**
 * `extraBody` as it counts for the training key: objects that add nothing (`{ method: {} }`) are left out, since the request is the same
 * without them; `undefined` where nothing is added, so that keys from before the setting stay as they were.
 */
export function sentExtraBody(extraBody: Members | undefined): Members | undefined {
  const added = extraMembers(extraBody);
  return added.length > 0 ? added.reduce((body, [path, value]) => withMember(body, path, value), {}) : undefined;
}

/** The request with what `extraBody` adds. A member that the request has is never replaced. */
export function mergeExtraBody<Request extends Members>(request: Request, extraBody: Members | undefined): Request {
  return extraMembers(extraBody).reduce(
    (body, [path, value]) => (has(body, path) ? body : (withMember(body, path, value) as Request)),
    request,
  );
}

/** Paths of `extraBody` that are new, gone or have another value; in an unknown one nothing is compared. */
export function extraBodyChanges(
  olds: Members | undefined,
  news: Members | undefined,
): { path: string; what: "added" | "changed" | "removed" }[] {
  if (hasUnknown(news)) return [];
  const [before, after] = [olds, news].map(byPath) as [Map<string, string>, Map<string, string>];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    if (before.get(path) === after.get(path)) return [];
    return { path, what: !before.has(path) ? "added" : !after.has(path) ? "removed" : "changed" } as const;
  });
}

function byPath(extraBody: Members | undefined): Map<string, string> {
  return new Map(extraMembers(extraBody).map(([path, value]) => [path.join("."), canonicalJson(value)]));
}

function withMember(body: Members, [name, ...rest]: readonly string[], value: unknown): Members {
  const inner = body[name!];
  return { ...body, [name!]: rest.length === 0 ? value : withMember(isMembers(inner) ? inner : {}, rest, value) };
}

function has(body: Members, [name, ...rest]: readonly string[]): boolean {
  if (!Object.hasOwn(body, name!)) return false;
  const inner = body[name!];
  return rest.length === 0 || !isMembers(inner) || has(inner, rest);
}
