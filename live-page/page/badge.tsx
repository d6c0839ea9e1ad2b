const good = new Set(["succeeded", "Succeeded", "processed", "completed"]);
const bad = new Set(["failed", "Failed", "error", "cancelled", "canceled", "Deleted"]);

/** A status in its colour. */
export function StatusBadge({ status }: { status: string }) {
  return <span class={`badge ${good.has(status) ? "good" : bad.has(status) ? "bad" : "busy"}`}>{status}</span>;
}
