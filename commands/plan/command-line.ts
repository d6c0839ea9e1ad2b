import { type CommandLine, OF_BOTH, parseCommandLine } from "../../stack/pulumi-cli/flags";

/** A pulumi command line that we say something about. */
export interface Commented {
  command: "preview" | "up" | "destroy";
  /** Whether we preview it, explain it and ask, where pulumi would have asked; otherwise we only sum it up at its end. */
  asks: boolean;
}

const ALIASES: Record<string, Commented["command"]> = {
  preview: "preview",
  pre: "preview",
  up: "up",
  update: "up",
  destroy: "destroy",
  down: "destroy",
  dn: "destroy",
};

/** These ask for another output, or for the events that we would read. */
const OTHER_OUTPUT = ["json", "help", "event-log"];
/** With these, `destroy` asks nothing, or asks differently. */
const DESTROY_UNASKED = ["yes", "skip-preview", "non-interactive", "neo"];

/**
 * @param terminal - whether a person reads and can answer
 * @returns undefined for a command line that pulumi gets unchanged
 */
export function commented(args: string[], terminal: boolean, env: NodeJS.ProcessEnv = {}): Commented | undefined {
  const line = parseCommandLine(args, env);
  const command = ALIASES[line.command ?? ""];
  // An operand: `up <template>` is about another program.
  if (!command || line.operands.length > 0 || OTHER_OUTPUT.some((flag) => line.flags.has(flag))) return undefined;
  if (command === "destroy" && line.flags.has("preview-only")) return { command: "preview", asks: false };
  return { command, asks: terminal && pulumiWouldAsk(command, line) };
}

/** An `up` with a flag that a preview doesn't take is left to pulumi's own preview and question. */
function pulumiWouldAsk(command: Commented["command"], { flags }: CommandLine): boolean {
  if (command === "up") return [...flags.keys()].every((flag) => OF_BOTH.has(flag));
  return command === "destroy" && !DESTROY_UNASKED.some((flag) => flags.has(flag));
}

/** With these a destroy deletes a part of a stack, is about another project, or deletes nothing. */
const NOT_WHOLE = ["target", "exclude", "cwd", "help"];
/** With this nothing is shown before the run, whose first step asks the same. */
const SHOWS_NOTHING = "skip-preview";

/** Whether a command line destroys a whole stack and shows first what that deletes, however it shows it. */
export function showsDestroy(args: string[], env: NodeJS.ProcessEnv = {}): boolean {
  const { command, operands, flags } = parseCommandLine(args, env);
  if (ALIASES[command ?? ""] !== "destroy" || operands.length > 0) return false;
  return ![...NOT_WHOLE, SHOWS_NOTHING].some((flag) => flags.has(flag));
}

const ON_STACK = new Set([...Object.keys(ALIASES), "refresh", "import", "watch", "stack", "state", "console", "logs"]);

/** Whether a run on the stack that was interrupted can be why this command line failed; a misspelt command never gets as far. */
export function worksOnStack(args: string[], env: NodeJS.ProcessEnv = {}): boolean {
  return ON_STACK.has(parseCommandLine(args, env).command ?? "");
}

/** The command with flags after its name. */
export function withFlags(args: string[], ...flags: string[]): string[] {
  const { at } = parseCommandLine(args);
  return [...args.slice(0, at + 1), ...flags, ...args.slice(at + 1)];
}

/** The arguments of an `up` as a preview accepts them, or the other way round. */
export function asCommand(args: string[], command: Commented["command"]): string[] {
  const { at } = parseCommandLine(args);
  return [...args.slice(0, at), command, ...args.slice(at + 1)];
}

/** The arguments without a flag that takes no value. */
export function withoutFlag(args: string[], flag: string): string[] {
  return args.filter((arg) => arg !== `--${flag}` && !arg.startsWith(`--${flag}=`));
}
