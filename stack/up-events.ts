import { existsSync, readFileSync } from "node:fs";

/** A resource as the engine's events and digests have it. */
export interface RawState {
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  /** URN of the component that it is part of. */
  parent?: string;
}

/** One event of pulumi's engine (`--event-log`), with the fields that the commands read. */
export interface EngineEvent {
  /** The first of a run. */
  preludeEvent?: object;
  /** `ephemeral`: valid until the next one arrives. */
  diagnosticEvent?: { urn?: string; severity: string; message: string; ephemeral?: boolean };
  /** A message of pulumi itself, as about an interrupt. */
  stdoutEvent?: { message: string };
  /** What is about to happen to a resource; at a preview, what would. `keys`: properties that make it a replacement. */
  resourcePreEvent?: {
    metadata: ResourceStep & { old?: RawState | null; new?: RawState | null; keys?: string[] | null };
  };
  resOutputsEvent?: { metadata: ResourceStep & { new?: RawState | null } };
  resOpFailedEvent?: { metadata: ResourceStep };
  summaryEvent?: { durationSeconds: number; resourceChanges: Record<string, number> };
  /** The last of a run, cancelled or not. */
  cancelEvent?: object;
}

interface ResourceStep {
  urn: string;
  type: string;
  op: string;
}

/** Events of a run, oldest first; a line that a killed pulumi left half-written is skipped. */
export function readUpEvents(file: string): EngineEvent[] {
  return existsSync(file) ? parseEvents(readFileSync(file, "utf8")) : [];
}

/** @param text - one event in JSON per line */
export function parseEvents(text: string): EngineEvent[] {
  return text.split("\n").flatMap((line) => {
    try {
      const event = JSON.parse(line) as EngineEvent | null;
      return event instanceof Object ? [event] : [];
    } catch {
      return [];
    }
  });
}

/** Number of resources by what was done to them (`create`, `update`, `same`, ...); undefined for a run that has not ended. */
export function resourceChanges(events: EngineEvent[]): Record<string, number> | undefined {
  return events.findLast((event) => event.summaryEvent)?.summaryEvent?.resourceChanges;
}
