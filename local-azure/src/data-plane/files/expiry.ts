import { invalidPayload } from "../api/errors";

/** Shortest and longest life that may be asked for, in seconds: 14 and 30 days. */
const MIN_LIFE_S = 1_209_600;
const MAX_LIFE_S = 2_592_000;

/** When a file asked to expire is gone; undefined when it was not asked for. */
export function readExpiry(
  anchor: string | undefined,
  seconds: string | undefined,
  createdAt: number,
): number | undefined {
  if (anchor === undefined && seconds === undefined) return undefined;
  const count = Number(seconds);
  if (anchor !== "created_at" || !Number.isInteger(count) || count < MIN_LIFE_S || count > MAX_LIFE_S) {
    const allowed = `anchor created_at and seconds from ${MIN_LIFE_S} to ${MAX_LIFE_S}`;
    throw invalidPayload(`expires_after must have ${allowed}; it has '${anchor}' and '${seconds}'.`, "expires_after");
  }
  return createdAt + count * 1000;
}
