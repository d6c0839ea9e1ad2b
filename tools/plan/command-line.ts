/** What `tools/local` makes of a pulumi command line. */
export type CommandKind =
  /** A preview, after which we print what it means, in a few lines. */
  | "preview"
  /** An `up` that would ask: we preview it, explain it and ask. */
  | "question"
  /** Passed to pulumi unchanged. */
  | "other";

/** These ask for another output, or do something that the events don't show. */
const OTHER_OUTPUT = ["--json", "-j", "--help", "-h", "--event-log"];
/** With these, `up` asks nothing, asks differently, or takes options that a preview doesn't. */
const NO_QUESTION = [
  ...["--yes", "-y", "--skip-preview", "-f", "--non-interactive", "--plan", "--strict"],
  ...["--continue-on-error", "--secrets-provider", "--neo"],
];

/** @param terminal - whether a person reads and can answer */
export function commandKind(args: string[], terminal: boolean): CommandKind {
  const command = args.find((arg) => !arg.startsWith("-"));
  if (hasAny(args, OTHER_OUTPUT)) return "other";
  if (command === "preview" || command === "pre") return "preview";
  if (command !== "up" && command !== "update") return "other";
  return terminal && !hasAny(args, NO_QUESTION) ? "question" : "other";
}

/** The command with flags after its name. */
export function withFlags(args: string[], ...flags: string[]): string[] {
  const at = args.findIndex((arg) => !arg.startsWith("-"));
  return [...args.slice(0, at + 1), ...flags, ...args.slice(at + 1)];
}

/** The arguments of an `up` as a preview accepts them, or the other way round. */
export function asCommand(args: string[], command: "preview" | "up"): string[] {
  const at = args.findIndex((arg) => !arg.startsWith("-"));
  return [...args.slice(0, at), command, ...args.slice(at + 1)];
}

/** Long flags with or without a value, short ones alone or among others (`-fy`). */
function hasAny(args: string[], flags: string[]): boolean {
  return args.some((arg) =>
    flags.some((flag) =>
      flag.startsWith("--")
        ? arg === flag || arg.startsWith(`${flag}=`)
        : /^-[a-z]+$/i.test(arg) && arg.includes(flag.slice(1)),
    ),
  );
}
