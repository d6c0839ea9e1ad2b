/** A pulumi command line, as pflag reads it: flags may precede the command or follow it. */
export interface CommandLine {
  /** The first argument that is neither a flag nor the value of one, e.g. `up`. */
  command?: string;
  /** Where it is among the arguments; -1 without one. */
  at: number;
  /** The others, e.g. the template of `up`. */
  operands: string[];
  /** Values of the flags, by their long names; also of those that the environment sets. Undefined for a flag without a value. */
  flags: Map<string, string | undefined>;
}

/** Short flags of `up`, `preview` and `destroy` (pulumi 3.230; a test compares them with the CLI's help). */
export const SHORT: Record<string, string> = {
  c: "config",
  C: "cwd",
  d: "debug",
  e: "emoji",
  f: "skip-preview",
  h: "help",
  j: "json",
  m: "message",
  p: "parallel",
  Q: "fully-qualify-stack-names",
  r: "refresh",
  s: "stack",
  t: "target",
  v: "verbose",
  x: "exclude",
  y: "yes",
};

/** Flags whose value may be the next argument. */
export const WITH_VALUE = new Set([
  ...["config", "config-file", "cwd", "color", "event-log", "exclude", "import-file", "memprofilerate", "message"],
  ...["otel-traces", "parallel", "plan", "policy-pack", "policy-pack-config", "profiling", "replace", "save-plan"],
  ...["secrets-provider", "stack", "target", "target-replace", "tracing", "tracing-header", "verbose"],
]);

/** Flags that `up` and `preview` both take, with the same meaning. */
export const OF_BOTH = new Set([
  ...["attach-debugger", "color", "config", "config-file", "config-path", "cwd", "debug", "diff", "emoji", "exclude"],
  ...["disable-integrity-checking", "exclude-dependents", "expect-no-changes", "fully-qualify-stack-names", "logflow"],
  ...["logtostderr", "memprofilerate", "message", "otel-traces", "parallel", "policy-pack", "policy-pack-config"],
  ...["profiling", "refresh", "replace", "run-program", "show-config", "show-full-output", "show-policy-remediations"],
  ...["show-reads", "show-replacement-steps", "show-sames", "stack", "suppress-outputs", "suppress-permalink"],
  ...["suppress-progress", "target", "target-dependents", "target-replace", "tracing", "tracing-header", "urns"],
  "verbose",
]);

/** @param env - where pulumi takes flags from, too (`PULUMI_OPTION_YES=true`, `PULUMI_SKIP_CONFIRMATIONS=true`) */
export function parseCommandLine(args: string[], env: NodeJS.ProcessEnv = {}): CommandLine {
  const operands: { arg: string; at: number }[] = [];
  const flags = flagsOf(env);
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === "--") {
      operands.push(...args.slice(at + 1).map((operand, index) => ({ arg: operand, at: at + 1 + index })));
      break;
    }
    if (!arg.startsWith("-") || arg === "-") {
      operands.push({ arg, at });
      continue;
    }
    const { names, value } = arg.startsWith("--") ? longFlag(arg) : shortFlags(arg);
    for (const name of names) flags.set(name, undefined);
    const last = names.at(-1)!;
    flags.set(last, value ?? (WITH_VALUE.has(last) ? args[++at] : undefined));
  }
  const [command, ...others] = operands;
  return { command: command?.arg, at: command?.at ?? -1, operands: others.map(({ arg }) => arg), flags };
}

interface ReadFlags {
  names: string[];
  /** Of the last of them, if it is in the same argument. */
  value?: string;
}

function longFlag(arg: string): ReadFlags {
  const at = arg.indexOf("=");
  return at < 0 ? { names: [arg.slice(2)] } : { names: [arg.slice(2, at)], value: arg.slice(at + 1) };
}

/** `-fy`, `-sdev`, `-s=dev`: the first that takes a value takes the rest of the argument. */
function shortFlags(arg: string): ReadFlags {
  const names: string[] = [];
  for (let at = 1; at < arg.length; at++) {
    if (arg[at] === "=") return { names, value: arg.slice(at + 1) };
    const name = SHORT[arg[at]!] ?? arg[at]!;
    names.push(name);
    if (WITH_VALUE.has(name) && at < arg.length - 1) return { names, value: arg.slice(at + 1).replace(/^=/, "") };
  }
  return { names };
}

function flagsOf(env: NodeJS.ProcessEnv): Map<string, string | undefined> {
  const set = Object.entries(env).flatMap(([variable, value]): [string, string | undefined][] => {
    if (!value || /^(?:0|false)$/i.test(value)) return [];
    if (variable === "PULUMI_SKIP_CONFIRMATIONS") return [["yes", undefined]];
    const option = /^PULUMI_OPTION_(\w+)$/.exec(variable)?.[1];
    return option === undefined ? [] : [[option.toLowerCase().replaceAll("_", "-"), value]];
  });
  return new Map(set);
}
