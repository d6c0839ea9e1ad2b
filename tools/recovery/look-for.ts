import { ticks, type Clock } from "../../azure-openai/clock";
import { pollDelay, type PollPlan } from "../../azure-openai/poll-plan";
import { SETTLE_LOOK_MS, SETTLE_MS } from "../../azure-openai/settle";
import { UserError } from "../command";
import type { ArmAddress } from "./arm-id";
import type { Found, Lookup } from "./lookup";

/** States that pass by themselves: those of accounts and deployments, except their ends. */
const PASSING = new Set(["accepted", "creating", "deleting", "moving", "resolvingdns", "updating"]);
const PASSING_PLAN: PollPlan = { first: 500, share: 0.1, cap: 10_000 };
const PASSING_DEADLINE_MS = 20 * 60_000;

export interface LookOptions {
  clock: Clock;
  say: (line: string) => void;
  /** What the operation that was cut off leads to. Default: it is there. */
  expected?: "there" | "gone";
}

/**
 * What a cut-off operation has left, when it has come to rest. Providers outlive a killed pulumi, and their last request may still be
 * on its way: what isn't as expected is looked at a little longer, since a resource that appears after its create was forgotten would
 * stand in the way of every later run.
 *
 * @throws UserError when it is still in work after 20 minutes; AzureFailure
 */
export async function lookFor(
  lookup: Lookup,
  address: ArmAddress,
  { clock, say, expected = "there" }: LookOptions,
): Promise<Found | undefined> {
  const started = ticks(clock);
  let wasInWork = false;
  for (;;) {
    const found = await lookup(address);
    const elapsed = ticks(clock) - started;
    const state = found?.provisioningState;
    const inWork = PASSING.has(state?.toLowerCase() ?? "");
    const asExpected = (found ? "there" : "gone") === expected;
    if (!inWork && (asExpected || wasInWork || elapsed >= SETTLE_MS)) return found;
    if (inWork && !wasInWork) say(`is still in work (${state}); waiting for it`);
    wasInWork = inWork;
    if (elapsed > PASSING_DEADLINE_MS) {
      throw new UserError(`${address.id} is still ${state} after 20 minutes. Run the same command again later.`);
    }
    await clock.sleep(inWork ? pollDelay(PASSING_PLAN, elapsed) : SETTLE_LOOK_MS);
  }
}
