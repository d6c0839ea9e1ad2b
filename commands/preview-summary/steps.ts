import type { RawState } from "../../stack/up-events";

/** Properties of a resource, as the digest has them. */
export type Properties = Record<string, unknown>;

/** One entry of `steps` in the digest of `pulumi preview --json`. */
export interface RawStep {
  op: string;
  urn: string;
  /** What it has after a run, as far as the run came. */
  results?: Properties;
  oldState?: RawState | null;
  newState?: RawState | null;
  replaceReasons?: string[] | null;
}

/** What happens to a resource. `replace` covers both halves of a replacement. */
export type Operation = "create" | "update" | "replace" | "delete" | "same";

/** What happens to one resource. */
export interface Step {
  operation: Operation;
  /** Type token without the parents' types. */
  type: string;
  name: string;
  stack: string;
  urn: string;
  /** URN of the component that it is part of. */
  parent?: string;
  /** Stored inputs and outputs; empty for a new resource. */
  old: Properties;
  /** Stored outputs alone, which may differ from the inputs of the same name. */
  outputs: Properties;
  /** Outputs after the run; absent in a preview. */
  results?: Properties;
  /** Inputs as the program has them now; empty for a deleted one. */
  new: Properties;
  /** Properties that make it a replacement. */
  reasons: string[];
  /** A refresh found that the resource is gone. */
  lost: boolean;
  /** Stored inputs and outputs of what is deleted under the same name: the other half of a replacement, or what an interrupted one left. */
  replaced: Properties[];
}

const operations: Record<string, Operation> = {
  create: "create",
  update: "update",
  delete: "delete",
  same: "same",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "delete",
  import: "create",
  "import-replacement": "replace",
};

/** One step per resource, in the order of the digest. */
export function readSteps(raw: RawStep[]): Step[] {
  const refreshed = new Map(raw.filter((step) => step.op === "refresh").map((step) => [step.urn, step.oldState]));
  const steps = new Map<string, Step>();
  for (const entry of raw) {
    const operation = operations[entry.op];
    if (!operation) continue;
    const before = steps.get(entry.urn);
    // The other half of a replacement, whose creating half knows the new inputs; or what an interrupted one left beside its successor.
    const replaced = before?.replaced ?? [];
    if (entry.op === "delete-replaced") replaced.push({ ...entry.oldState?.outputs, ...entry.oldState?.inputs });
    if (before && entry.op === "delete-replaced") continue;
    // A resource that was in the state before the refresh and is now created was not found by the refresh.
    const lost = operation === "create" && refreshed.has(entry.urn);
    const old = lost ? refreshed.get(entry.urn) : entry.oldState;
    steps.set(entry.urn, {
      operation,
      ...partsOf(entry.urn),
      urn: entry.urn,
      parent: entry.newState?.parent ?? old?.parent,
      old: { ...old?.outputs, ...old?.inputs },
      outputs: { ...old?.outputs },
      ...(entry.results && { results: entry.results }),
      new: { ...entry.newState?.inputs },
      reasons: entry.replaceReasons ?? before?.reasons ?? [],
      lost,
      replaced,
    });
  }
  return [...steps.values()];
}

/** `urn:pulumi:<stack>::<project>::<type of parent>$<type>::<name>` */
function partsOf(urn: string): { stack: string; type: string; name: string } {
  const [head = "", , types = "", ...name] = urn.split("::");
  return { stack: head.replace(/^urn:pulumi:/, ""), type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

/** Value at a dotted path, e.g. `tokens.total.sum`. */
export function at(properties: Properties, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Properties | null | undefined)?.[key], properties);
}

/** The value that the engine writes for one that is not known before `up`. */
export function isUnknown(value: unknown): boolean {
  return value === "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
}
