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
  const steps = events.flatMap(({ resourcePreEvent }) => {
    const metadata = resourcePreEvent?.metadata;
    // The digest has no providers either.
    if (!metadata || metadata.type.startsWith("pulumi:providers:")) return [];
    const { op, urn, keys } = metadata;
    return [{ op, urn, oldState: metadata.old, newState: metadata.new, replaceReasons: keys }];
  });
  const said = (kind: string) =>
    events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent?.severity.startsWith(kind) ? [diagnosticEvent.message.replace(marks, "")] : [],
    );
  const messages = said("info").map((message) => message.trimEnd());
  return { steps: readSteps(steps), errors: said("error"), messages: messages.join("\n") };
}
