import { isUnknown } from "../../../commands/preview-summary/steps";

/** What the engine does with one resource, from the digest of a preview or the events of an `up`. */
export interface StepMetadata {
  op: string;
  urn: string;
  type?: string;
  old?: { inputs?: object } | null;
  new?: { inputs?: object } | null;
}

/** What happens to a resource: `create`, `update`, `replace` or `delete`, and by which inputs. */
export interface Change {
  operation: string;
  /** Paths of the inputs of an update that differ and whose new value is known, e.g. `sku.capacity`. */
  properties: string[];
  /** Paths of those that are not known yet, at preview. */
  later: string[];
}

export type Changes = Record<string, Change>;

/**
 * A deletion for a replacement is told by its other half. One without: a run before this one replaced the resource and failed before it
 * deleted the old one. Every run catches up on that, and no preview lists it (pulumi 3.230).
 */
const IGNORED = ["same", "read", "refresh", "delete-replaced"];

/** What changes, by the resource's name; what stays is not in it, and neither are providers and components. */
export function changesIn(steps: StepMetadata[]): Changes {
  const changes: Changes = {};
  for (const { op, urn, old, new: now } of steps) {
    if (IGNORED.includes(op) || urn.includes("pulumi:providers:")) continue;
    const name = urn.slice(urn.lastIndexOf("::") + 2);
    const operation = op === "create-replacement" ? "replace" : op;
    const differing = operation === "update" ? differences(old?.inputs ?? {}, now?.inputs ?? {}) : [];
    changes[name] = {
      operation,
      properties: differing.filter(({ known }) => known).map(({ path }) => path),
      later: differing.filter(({ known }) => !known).map(({ path }) => path),
    };
  }
  return changes;
}

/**
 * Operations and known properties of the one and the other: equal when `up` did what the preview said. An update of what is not known yet may
 * come to nothing.
 */
export function compared(said: Changes, done: Changes): { said: object; done: object } {
  const cameToNothing = (name: string, { operation, properties, later }: Change) =>
    done[name] === undefined && operation === "update" && properties.length === 0 && later.length > 0;
  const without = (changes: Changes) =>
    Object.fromEntries(
      Object.entries(changes).map(([name, { operation, properties }]) => {
        const later = said[name]?.later ?? [];
        return [name, [operation, ...properties.filter((path) => !later.some((unknown) => under(path, unknown)))]];
      }),
    );
  const expected = Object.fromEntries(Object.entries(said).filter(([name, change]) => !cameToNothing(name, change)));
  return { said: without(expected), done: without(done) };
}

/** Whether a path is another one or below it. */
export function under(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`);
}

function differences(old: object, now: object, prefix = ""): { path: string; known: boolean }[] {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => name !== "__provider").sort();
  return names.flatMap((name) => {
    const [before, after] = [old, now].map((side) => (side as Record<string, unknown>)[name]);
    const path = `${prefix}${name}`;
    if (isObject(before) || isObject(after))
      if (!isUnknown(after)) return differences(asObject(before), asObject(after), `${path}.`);
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, known: !isUnknown(after) }];
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): object {
  return isObject(value) ? value : {};
}
