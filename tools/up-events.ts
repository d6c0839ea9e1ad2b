import { existsSync, readFileSync } from "node:fs";
import type { RawState } from "./preview-summary/steps";

/** One event of pulumi's engine (`--event-log`), as far as the commands look at it. */
export interface EngineEvent {
  diagnosticEvent?: { urn?: string; severity: string; message: string };
  /** What is about to happen to a resource; at a preview, what would. `keys`: properties that make it a replacement. */
  resourcePreEvent?: {
    metadata: {
      op: string;
      urn: string;
      type: string;
      old?: RawState | null;
      new?: RawState | null;
      keys?: string[] | null;
    };
  };
  resOpFailedEvent?: { metadata: { urn: string; type: string; op: string } };
  summaryEvent?: { durationSeconds: number; resourceChanges: Record<string, number> };
}

/** Events of a run, oldest first; a line that a killed pulumi left half-written is left out. */
export function readUpEvents(file: string): EngineEvent[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        const event = JSON.parse(line) as EngineEvent | null;
        return event instanceof Object ? [event] : [];
      } catch {
        return [];
      }
    });
}

/** Number of resources by what was done to them (`create`, `update`, `same`, ...); undefined for a run without an end. */
export function resourceChanges(events: EngineEvent[]): Record<string, number> | undefined {
  return events.findLast((event) => event.summaryEvent)?.summaryEvent?.resourceChanges;
}
