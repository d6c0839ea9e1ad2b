import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { StackExport, StackResource } from "../stack-state";

type Deployment = StackExport["deployment"];

/** What a file of a `file://` backend contains: a whole state; what an interrupted write left of one; or nothing readable. */
export type Checkpoint =
  | { end: "whole"; deployment: Deployment }
  /** The whole entries at the start of the file; `salvaged`: a checkpoint of these, if what precedes them is whole too. */
  | { end: "damaged"; resources: StackResource[]; salvaged?: string }
  /** Missing, not readable by us, or in a format that this Node can't read (zstd). */
  | { end: "unread" };

/**
 * Reads a checkpoint as Pulumi's file backend writes it: `{version, checkpoint: {latest: {resources, pending_operations}}}`,
 * compressed if the name ends in .gz. A stack on which nothing has run yet has no `latest`.
 */
export function readCheckpoint(file: string): Checkpoint {
  if (/\.zst(\.|$)/.test(file)) return { end: "unread" };
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return { end: "unread" };
  }
  let text = "";
  try {
    text = (/\.gz(\.|$)/.test(file) ? gunzipSync(bytes) : bytes).toString("utf8");
    const content = JSON.parse(text) as { version?: unknown; checkpoint?: { latest?: Deployment | null } } | null;
    const checkpoint = content?.checkpoint;
    if (typeof content?.version === "number" && checkpoint instanceof Object && !Array.isArray(checkpoint))
      return { end: "whole", deployment: checkpoint.latest ?? {} };
  } catch {
    // Truncated, empty or overwritten: what is readable follows.
  }
  const resources = wholeEntries(text);
  return { end: "damaged", resources, salvaged: resources.length > 0 ? salvage(text, resources) : undefined };
}

/** The start of the file (version, stack, secrets provider) with the whole entries: a state of what was created first. */
function salvage(text: string, resources: StackResource[]): string | undefined {
  const head = text.slice(0, text.search(LIST));
  const salvaged = `${head}"resources":${JSON.stringify(resources)}}}}`;
  try {
    JSON.parse(salvaged);
    return salvaged;
  } catch {
    return undefined;
  }
}

const LIST = /"resources"\s*:\s*\[/;

/** The entries of `"resources": [` up to where the text ends. Pulumi writes dependencies first, so no entry lacks one. */
function wholeEntries(text: string): StackResource[] {
  const entries: StackResource[] = [];
  const list = LIST.exec(text);
  if (!list) return entries;
  let depth = 0;
  let start = 0;
  // A string, in which brackets count for nothing, or one bracket.
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs;
  tokens.lastIndex = list.index + list[0].length;
  for (let token = tokens.exec(text); token && depth >= 0; token = tokens.exec(text)) {
    const opens = token[0] === "{" || token[0] === "[";
    if (opens && depth++ === 0) start = token.index;
    if ((token[0] === "}" || token[0] === "]") && --depth === 0) {
      const entry = parsed(text.slice(start, token.index + 1));
      if (!entry) break;
      entries.push(entry);
    }
  }
  return entries;
}

function parsed(text: string): StackResource | undefined {
  try {
    const { urn, type } = JSON.parse(text) as Partial<StackResource>;
    return typeof urn === "string" && typeof type === "string" ? (JSON.parse(text) as StackResource) : undefined;
  } catch {
    return undefined;
  }
}
