/** One `up` of the stack, as Pulumi's history has it. */
export interface UpdateRecord {
  /** Unix seconds. */
  startedAt: number;
  /** Git commit of the checkout; absent outside a repository. */
  commit?: string;
  /** Whether files differed from that commit. */
  dirty: boolean;
  /** Version of the Pulumi CLI. */
  pulumi?: string;
}

interface HistoryEntry {
  kind: string;
  startTime: string;
  environment?: Record<string, string>;
}

/** @param json - what `pulumi stack history --json` prints */
export function readUpdates(json: string): UpdateRecord[] {
  const entries = JSON.parse(json) as HistoryEntry[];
  return entries
    .filter(({ kind }) => kind === "update")
    .map(({ startTime, environment = {} }) => ({
      startedAt: Math.floor(Date.parse(startTime) / 1000),
      commit: environment["git.head"],
      dirty: environment["git.dirty"] === "true",
      pulumi: environment["pulumi.version"],
    }));
}
