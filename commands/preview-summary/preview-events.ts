import type { EngineEvent } from "../../stack/up-events";
import type { Preview } from "./read-preview";
import { readSteps } from "./steps";

/** The engine's marks for colours in a message, e.g. `<{%reset%}>`. */
const marks = /<\{%[^%]*%\}>/g;

/**
 * A preview, or an `up`, from its events (`--event-log`): the same content as the digest of `pulumi preview --json`, for a run that people
 * watch in Pulumi's own display.
 */
export function previewOfEvents(events: EngineEvent[]): Preview {
  const results = resultsIn(events);
  const steps = events.flatMap(({ resourcePreEvent }) => {
    const metadata = resourcePreEvent?.metadata;
    // The digest has no providers either.
    if (!metadata || metadata.type.startsWith("pulumi:providers:")) return [];
    const { op, urn, keys } = metadata;
    return [
      { op, urn, oldState: metadata.old, newState: metadata.new, replaceReasons: keys, results: results.get(urn) },
    ];
  });
  const said = (kind: string) =>
    events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent?.severity.startsWith(kind) ? [diagnosticEvent.message.replace(marks, "")] : [],
    );
  const messages = said("info").map((message) => message.trimEnd());
  return { steps: readSteps(steps), errors: said("error"), messages: messages.join("\n") };
}

/** Outputs of what a run created or changed, by URN. */
function resultsIn(events: EngineEvent[]): Map<string, Record<string, unknown>> {
  return new Map(
    events.flatMap(({ resOutputsEvent }) => {
      const { urn, op = "", new: made } = resOutputsEvent?.metadata ?? {};
      return urn === undefined || op.startsWith("delete") || !made?.outputs ? [] : [[urn, made.outputs] as const];
    }),
  );
}
