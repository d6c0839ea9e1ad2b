import { ManualClock } from "../../world/clock";
import type { World } from "../../world/world";
import type { ClockFacts } from "../shapes";

export function clockFacts({ clock, state, settings }: World): ClockFacts {
  const seconds = Object.entries(settings).filter(
    (setting): setting is [string, number] => setting[0].endsWith("Seconds") && typeof setting[1] === "number",
  );
  const manual = clock instanceof ManualClock;
  const aheadMs = manual ? 0 : state.clockOffsetMs;
  return {
    kind: manual ? "manual" : aheadMs === 0 ? "machine" : "ahead",
    aheadMs,
    seconds: Object.fromEntries(seconds),
  };
}
