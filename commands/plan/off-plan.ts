import { printableLine } from "../../azure-openai/printable-text";
import { withoutSecrets } from "../preview-summary/secrets";
import { changesInWords } from "./outcome";
import { logicalName } from "../../stack/stack-state";
import { type EngineEvent, resourceChanges } from "../../stack/up-events";

/** Pulumi's messages about a resource that differs from the saved plan, by its inputs or by what is to be done with it (pkg/resource/deploy, 3.230). */
const violation = /(?:\bviolates plan|\bis not allowed by the plan)\b: ([^]*)/;

/**
 * Why an `up` that was held to a plan stopped: Pulumi names the differences as Go prints them.
 *
 * @returns undefined when it stopped for another reason: see unfinished.ts
 */
export function whyOffPlan(events: EngineEvent[]): string | undefined {
  const found = events.flatMap(({ diagnosticEvent }) => {
    const reason = diagnosticEvent?.severity === "error" ? violation.exec(diagnosticEvent.message)?.[1] : undefined;
    return reason === undefined ? [] : [whatDiffers(diagnosticEvent?.urn, reason)];
  });
  if (found.length === 0) return undefined;
  const { same: _, ...changed } = resourceChanges(events) ?? {};
  const count = Object.values(changed).reduce((sum, number) => sum + number, 0);
  const done = count === 0 ? "Nothing was changed." : `Changes already made are kept: ${changesInWords(changed)}.`;
  return `Since the preview, something has changed: ${[...new Set(found)].join("; ")}. ${done} Run the command again to see the new plan.`;
}

/** `properties changed: =~bytes[{30812}], ++tags[...]` names each property after a mark; values may be long or private. */
function whatDiffers(urn: string | undefined, reason: string): string {
  const name = urn === undefined ? "a resource" : logicalName(urn);
  const properties = [...reason.matchAll(/(?:^properties changed: |\], )[=+~-]{1,2}([\w.]+)\[/g)].map(
    (match) => match[1],
  );
  const what = properties.length > 0 ? `${properties.join(", ")} differ` : "it differs from the plan";
  return printableLine(withoutSecrets(`${name}: ${what}`));
}
