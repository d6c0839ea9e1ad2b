import type { World } from "../world/world";

/**
 * Token buckets of Resource Manager: size, and what comes back each second
 * (learn.microsoft.com, azure-resource-manager/management/request-limits-and-throttling, 2024 and later). The subscription's global ones
 * are 15 times these. The first answers on record say 249 and 3749 (reads), 199 and 2999 (writes). Azure counts per region and caller, this service once.
 */
const BUCKETS = {
  reads: { size: 250, perSecond: 25 },
  writes: { size: 200, perSecond: 10 },
  deletes: { size: 200, perSecond: 10 },
};
const GLOBAL = 15;

type Kind = keyof typeof BUCKETS;

/** What is left in the buckets. They are only counted: a rehearsal is never refused for them. */
export class RateLimits {
  private readonly left = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly clock: World["clock"]) {}

  /** Takes one, and gives the headers that say how many are left. A POST counts as a write (recorded of one). */
  take(method: string): Record<string, string> {
    const kind: Kind = method === "GET" || method === "HEAD" ? "reads" : method === "DELETE" ? "deletes" : "writes";
    return {
      [`x-ms-ratelimit-remaining-subscription-${kind}`]: String(this.remaining(kind, 1)),
      [`x-ms-ratelimit-remaining-subscription-global-${kind}`]: String(this.remaining(kind, GLOBAL)),
    };
  }

  private remaining(kind: Kind, times: number): number {
    const { size, perSecond } = BUCKETS[kind];
    const now = this.clock.now();
    const name = `${kind} ${times}`;
    const { tokens, at } = this.left.get(name) ?? { tokens: size * times, at: now };
    const refilled = Math.min(size * times, tokens + (Math.max(now - at, 0) / 1000) * perSecond * times);
    const left = Math.max(refilled - 1, 0);
    this.left.set(name, { tokens: left, at: now });
    return Math.floor(left);
  }
}
