import { backoffDelay, type Backoff } from "../../azure-openai/backoff";
import { ticks, type Clock } from "../../azure-openai/clock";
import type { Say } from "../runtime/say";
import type { RegionQuota } from "./region-quota";
import type { DeploymentQuotaInputs } from "./schema";

/** Capacity of a deleted deployment is released within 15 to 20 s (Microsoft's fine-tuning samples). That usages count it until then is a guess. */
export const COMES_FREE_MS = 20_000;
/** Three times that, after a deployment was deleted: what is missing then is missing for another reason. */
const LONGEST_MS = 60_000;
export const BETWEEN_LOOKS: Backoff = { first: 1_000, cap: 4_000 };
/** Looks from one line to the next. */
export const TOLD_EVERY = 4;

export interface RoomOptions {
  clock: Clock;
  say: Say;
  stopIfOrphaned: () => Promise<void>;
  /** The quotas of the deployment's region. */
  quota: Pick<RegionQuota, "read">;
  /** When a deployment was deleted here, on the clock's even scale (`ticks`). Default: none was. */
  releasedAt?: number;
}

/**
 * Waits until the region has room for the deployment. It never fails: whether there is room is Azure's to say, when the deployment is
 * created. Where the quota can't be read, the time passes that capacity takes to be released, if any was released here.
 */
export async function waitForRoom(wanted: DeploymentQuotaInputs, options: RoomOptions): Promise<void> {
  const { clock, say, stopIfOrphaned, releasedAt } = options;
  // An interrupted run may have deleted one just before.
  const longest = releasedAt === undefined ? COMES_FREE_MS : LONGEST_MS;
  const began = ticks(clock);
  for (let look = 0; ; look++) {
    await stopIfOrphaned();
    const { capacity: quota } = await options.quota.read();
    if ("unknown" in quota) return sitOut(quota.unknown, options);
    const elapsed = ticks(clock) - began;
    const seconds = Math.round(elapsed / 1000);
    if (quota.limit - quota.inUse >= wanted.capacity) {
      if (look > 0) say(`enough quota is free after ${seconds} s`);
      return;
    }
    const missing = `${quota.name}: ${quota.inUse} of ${quota.limit} in use; the deployment needs ${wanted.capacity}`;
    if (elapsed >= longest || wanted.capacity > quota.limit)
      return say(`not enough quota after ${seconds} s (${missing}); trying the deployment anyway`);
    if (look % TOLD_EVERY === 0) {
      say.status(
        `waited ${seconds} s of up to ${longest / 1000} s · not enough quota yet (${missing}); capacity from a deleted deployment is released after 15 to 20 s`,
      );
    }
    await clock.sleep(backoffDelay(BETWEEN_LOOKS, look));
  }
}

async function sitOut(reason: string, { clock, say, releasedAt }: RoomOptions): Promise<void> {
  const left = releasedAt === undefined ? 0 : releasedAt + COMES_FREE_MS - ticks(clock);
  if (left <= 0) return;
  const seconds = Math.ceil(left / 1000);
  say.status(
    `waiting ${seconds} s · capacity from a deleted deployment is released within that time; the quota could not be read: ${reason}`,
  );
  await clock.sleep(left);
}
