import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import type { EngineEvent } from "../../stack/up-events";

/** How TrainedModel ends an `up` that must not wait (dynamic-providers/trained-model). */
const submitted = /submitted ftjob-/;

/** Whether a failed `up` failed only because it did not wait for the job that it submitted. */
export function onlyWaitingIsLeft(events: EngineEvent[]): boolean {
  const failed = events.flatMap(({ resOpFailedEvent }) => (resOpFailedEvent ? [resOpFailedEvent.metadata] : []));
  const waiting = new Set(failed.map(({ urn }) => urn));
  if (failed.length === 0 || failed.some(({ type }) => type !== finetuneType("TrainedModel"))) return false;
  const errors = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === "error" ? [diagnosticEvent] : [],
  );
  const about = (urn: string) => errors.filter((error) => error.urn === urn);
  return [...waiting].every((urn) => about(urn).some(({ message }) => submitted.test(message)));
}
