import type { Context } from "./context";

/** How one step of the work speaks to whoever runs pulumi. */
export interface Say {
  /** What stays true: an id, a decision, a warning, a result. Pulumi repeats it at the end of the run. */
  (line: string): void;
  /**
   * Where the step is now: begins with what moves, is short, and counts until the next one comes. Terminals of 80 columns show only its
   * first words, or nothing.
   */
  status(line: string): void;
}

/** @param subject - what the lasting lines are about, e.g. `training-file training_set-7a1c.jsonl`. A status needs none: it is read where the step is. */
export function sayAs(context: Pick<Context, "print" | "status">, subject: string): Say {
  return Object.assign((line: string) => context.print(`[${subject}] ${line}`), {
    status: (line: string) => context.status(line),
  });
}
