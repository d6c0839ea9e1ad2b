import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { typeIn } from "../../stack/stack-state";
import type { EngineEvent } from "../../stack/up-events";
import { leftOfPlan, NOTHING_FAILED_THERE } from "./unfinished";

/** What an `up` left that ended at the release gate, whose message has the figures; undefined for one that ended elsewhere. */
export function whyRejected(events: EngineEvent[]): string | undefined {
  const atGate = events.some(
    ({ diagnosticEvent }) =>
      diagnosticEvent?.severity === "error" &&
      typeIn(diagnosticEvent.urn ?? "") === finetuneType("ReleaseGate") &&
      !diagnosticEvent.message.includes("expected resource operations"),
  );
  if (!atGate) return undefined;
  const why =
    "The newest model did not pass its evaluation, so this run ends with an error. It is not deployed: what was deployed before is unchanged, and everything else is in place.";
  return leftOfPlan(events).planned ? `${why}\n${NOTHING_FAILED_THERE}` : why;
}
