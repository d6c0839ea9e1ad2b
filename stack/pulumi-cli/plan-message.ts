import { stripVTControlCharacters } from "node:util";

/** How the lines about a saved plan begin (pkg/cmd/pulumi/operations/preview.go, 3.230); pulumi writes them to stderr. */
const BEGINNINGS = ["Update plan written to '", "Run `pulumi up --plan='"];

/** Takes a run's stderr as it comes. */
export interface Filter {
  write(text: string): void;
  /** Shows what was held back of an unfinished line. */
  end(): void;
}

/**
 * Shows everything but what a preview says about the file that its plan was saved in: it is ours, read by the next command and then deleted.
 * A line is held back only for as long as it may become one of those.
 */
export function withoutPlanMessage(show: (text: string) => void): Filter {
  let held = "";
  let midLine = false;
  const isMessage = (line: string) => BEGINNINGS.some((beginning) => plain(line).startsWith(beginning));
  const maybeMessage = (line: string) =>
    isMessage(line) || BEGINNINGS.some((beginning) => beginning.startsWith(plain(line)));
  return {
    write(text) {
      const lines = (held + text).split(/(?<=\n)/);
      held = "";
      for (const line of lines) {
        const ended = line.endsWith("\n");
        const candidate = !midLine && line !== "" && (ended ? isMessage(line) : maybeMessage(line));
        if (candidate && !ended) held = line;
        else if (!candidate && line !== "") show(line);
        if (line !== "") midLine = !ended && !candidate;
      }
    },
    end() {
      if (held !== "" && !isMessage(held)) show(held);
      held = "";
    },
  };
}

/** On a terminal the line begins with a colour. */
function plain(line: string): string {
  return stripVTControlCharacters(line);
}
