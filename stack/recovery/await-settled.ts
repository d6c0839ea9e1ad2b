import { ticks, type Clock } from "../../azure-openai/clock";
import { pollDelay, type PollPlan } from "../../azure-openai/poll-plan";
import { SETTLE_LOOK_MS, SETTLE_MS } from "../../azure-openai/settle";
import { UserError } from "../command";
import type { ArmAddress } from "./arm-id";
import type { Found, Lookup } from "./lookup";

/** Transitional states of accounts and deployments. */
const PASSING = new Set(["accepted", "creating", "deleting", "moving", "resolvingdns", "updating"]);
const PASSING_PLAN: PollPlan = { first: 500, share: 0.1, cap: 10_000 };
const PASSING_DEADLINE_MS = 20 * 60_000;

export interface LookOptions {
  clock: Clock;
  say: (line: string) => void;
  /** Result that the interrupted operation leads to. Default: it is there. */
  expected?: "there" | "gone";
}

/**
 * Waits until the resource of an interrupted operation has settled. Providers outlive a killed pulumi, and their last request may still
 * be on its way: a result that is not as expected is checked a little longer, since a resource that appears after its create was forgotten
 * would block every later run.
 *
 * @returns what was found; undefined when the resource does not exist
 * @throws UserError when it is still in progress after 20 minutes; AzureFailure
 */
export async function awaitSettled(
  lookup: Lookup,
  address: ArmAddress,
  { clock, say, expected = "there" }: LookOptions,
): Promise<Found | undefined> {
  const started = ticks(clock);
  let wasInProgress = false;
  for (;;) {
    const found = await lookup(address);
    const elapsed = ticks(clock) - started;
    const state = found?.provisioningState;
    const inProgress = PASSING.has(state?.toLowerCase() ?? "");
    const asExpected = (found ? "there" : "gone") === expected;
    if (!inProgress && (asExpected || wasInProgress || elapsed >= SETTLE_MS)) return found;
    if (inProgress && !wasInProgress) say(`is still in progress (${state}); waiting for it`);
    wasInProgress = inProgress;
    if (elapsed > PASSING_DEADLINE_MS)
      throw new UserError(`${address.id} is still ${state} after 20 minutes. Run the same command again later.`);
    await clock.sleep(inProgress ? pollDelay(PASSING_PLAN, elapsed) : SETTLE_LOOK_MS);
  }
}
