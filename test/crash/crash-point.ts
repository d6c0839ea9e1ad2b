import type { DisturbedCommand } from "./run-case";

/** Who dies. */
export type Victim =
  /** pulumi with everything below and above it; the service lives. */
  | "tree"
  /** pulumi alone: language host and providers go on, and the second run starts at once. */
  | "cli"
  /** As `tree`, and the service with it, which comes back from its state file. */
  | "machine";

/** A moment of a command. */
export interface CrashPoint {
  command: DisturbedCommand;
  /** Right before or right after the service handles this request, counted from 1. */
  request: number;
  /** Counts only requests whose `METHOD /path` this regular expression matches. Default: all. */
  match?: string;
  when: "before" | "after";
  victim: Victim;
}

export function describePoint({ command, request, match, when, victim }: CrashPoint): string {
  return `${command} ${victim} ${when} ${match ?? request}`;
}
