import type { Change } from "./change";

type Members = Record<string, unknown>;

/** A file of the catalog as it is read. */
export interface CatalogFile extends Members {
  asOf: string;
  source?: string;
  sources?: string[];
  models?: (Members & { id: string })[];
}

/** Where the new values are from. */
export interface Origin {
  /** ISO day of the comparison. */
  day: string;
  /** e.g. `Resource Manager's lists of models of eastus2`. */
  source: string;
}

/**
 * The file with the changes that are in it, and with day and source of them. What was changed from the same place before gives way.
 *
 * @returns the same file where none is in it
 */
export function withChanges(file: CatalogFile, changes: readonly Change[], { day, source }: Origin): CatalogFile {
  if (changes.length === 0) return file;
  const written = structuredClone(file);
  for (const { model, path, after } of changes) {
    const entry = model === undefined ? written : written.models?.find(({ id }) => id === model);
    if (entry) set(entry, path, after);
  }
  const line = `${source} (npm run catalog, ${day})`;
  const mine = (text: string) => !text.includes("(npm run catalog, ") || !text.startsWith(source);
  written.asOf = day;
  if (written.sources) written.sources = [...written.sources.filter(mine), line];
  else written.source = [...(written.source ?? "").split("; ").filter(mine), line].filter(Boolean).join("; ");
  return written;
}

function set(entry: Members, [name, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    entry[name!] = value;
    return;
  }
  const inner = entry[name!];
  const members = typeof inner === "object" && inner !== null ? (inner as Members) : {};
  entry[name!] = members;
  set(members, rest, value);
}
