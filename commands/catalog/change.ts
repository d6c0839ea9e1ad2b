/** A place where a shipped file and what Azure says today differ. */
export interface Change {
  /** File below `catalog/`. */
  file: "models.json" | "prices.json";
  /** Model whose entry it is in; absent: the file itself. */
  model?: string;
  /** Names of the members, from the entry on: `["retirement", "training"]`. */
  path: readonly string[];
  /** What the file has; absent: nothing. */
  before?: unknown;
  after: unknown;
  /** Who says so: `eastus2`, or a meter. */
  says: string;
}

/** A line for people: `gpt-4o-2024-08-06 retirement.training: 2027-04-01 -> 2026-10-01 (eastus2)`. */
export function inWords({ model, file, path, before, after, says }: Change): string {
  return `${model ?? file} ${path.join(".")}: ${valueText(before)} -> ${valueText(after)} (${says})`;
}

function valueText(value: unknown): string {
  if (value === undefined) return "not there";
  if (Array.isArray(value)) return value.length > 0 ? value.join(", ") : "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
