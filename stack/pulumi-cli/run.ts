import { spawn } from "node:child_process";
import { constants } from "node:os";
import path from "node:path";
import { OUTPUT_VARIABLE } from "../../dynamic-providers/runtime/output-variable";
import { hasTerminal, openLiveLine, showsProgress } from "../live-line/live-line";
import { projectFolder } from "../project-folder";
import type { PulumiCli } from "./installed";
import { parseCommandLine } from "./flags";
import { columnsOf, wrap } from "../terminal/wrap";
import { withoutPlanMessage } from "./plan-message";

/** The end of a run: exit code, and what it printed when that was captured. */
export interface PulumiRun {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  folder: string;
  env: NodeJS.ProcessEnv;
  /**
   * `show` (default): the run has our terminal. `without plan message`: the same, but what it says about the file of `--save-plan` is left
   * out. `capture`: it has no input, and what it prints comes back.
   */
  output?: "show" | "without plan message" | "capture";
}

/** Said at the first interrupt. */
const STOPPING =
  "Stopping after the steps in progress; training may take hours. Press Ctrl-C again to stop waiting now: the job continues, and you are not billed twice.";

/** npm forwards to us a Ctrl-C that its process group, including us, has already received: one and the same signal within this time. */
const ECHO_MS = 300;

/**
 * Runs pulumi to its end and returns its exit code (128 + n after signal n).
 *
 * Pulumi takes a second interrupt as "stop immediately", so each one must reach it exactly once. On a terminal, Ctrl-C goes to
 * the whole foreground process group: pulumi has it already, and we only stay alive. Without a terminal pulumi gets a
 * group of its own and each interrupt is forwarded. Windows has neither groups nor signals: its Ctrl-C reaches every program of the
 * console, and what Node calls `kill` there kills a program immediately, in the middle of a write; so nothing is forwarded.
 */
export function runPulumi(cli: PulumiCli, args: string[], options: RunOptions): Promise<PulumiRun> {
  const terminal = process.stdin.isTTY === true;
  const { detached, forwards } = signalling(process.platform, terminal);
  const captured = options.output === "capture";
  const filtered = options.output === "without plan message";
  const line = captured ? undefined : openLiveLine(args);
  const child = spawn(cli.command, line?.args ?? args, {
    cwd: options.folder,
    // Without PULUMI_DEBUG_COMMANDS the CLI doesn't know --event-log.
    env: {
      ...options.env,
      ...outputVariable(captured, args),
      ...debugMessages(args, options.env),
      ...quickProvider(options.env),
      PULUMI_DEBUG_COMMANDS: "true",
    },
    stdio: captured ? ["ignore", "pipe", "pipe"] : ["inherit", "inherit", filtered ? "pipe" : "inherit"],
    detached,
    windowsHide: true,
  });
  line?.drawnOverBy(child.pid);
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  const shown = filtered ? withoutPlanMessage((text) => process.stderr.write(text)) : undefined;
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (shown ? shown.write(text) : (stderr += text)));
  // Where the live line is, it says so itself: text between the writes of pulumi's table would disturb it.
  const warns = !captured && line === undefined && showsProgress(args);
  const stopForwarding = forwardSignals(
    (signal) => forwards && child.kill(signal),
    terminal,
    () => {
      if (warns) process.stderr.write(`\n${wrap(STOPPING, columnsOf(process.stderr))}\n`);
    },
  );
  return new Promise((resolve, reject) => {
    child.on("error", (error) => {
      line?.close();
      stopForwarding();
      reject(error);
    });
    child.on("close", (code, signal) => {
      line?.close();
      shown?.end();
      stopForwarding();
      resolve({ code: code ?? 128 + constants.signals[signal!], stdout, stderr });
    });
  });
}

/** Node's options for the processes that pulumi starts: the one that runs dynamic providers loads in a third of the time. */
function quickProvider({ NODE_OPTIONS }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const file = path.join(projectFolder, "compiled", "provider.js");
  const quoted = `"${file.replace(/["\\]/g, "\\$&")}"`;
  return { NODE_OPTIONS: [NODE_OPTIONS, `--require=${quoted}`].filter(Boolean).join(" ") };
}

/** Flags with which pulumi shows debug messages, or writes them somewhere; but for `--event-log`, which is mostly ours. */
const SHOWING_DEBUG = ["debug", "logflow", "logtostderr", "otel-traces", "tracing", "verbose"];

/** The program sends no debug messages that nobody sees: compiled/debug-messages.js. */
function debugMessages(args: string[], env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { flags } = parseCommandLine(args, env);
  return SHOWING_DEBUG.some((flag) => flags.has(flag)) ? {} : { FINETUNE_DEBUG_MESSAGES: "off" };
}

/** In a log every message of the handlers appears once: dynamic-providers/runtime/context.ts. */
function outputVariable(captured: boolean, args: string[]): NodeJS.ProcessEnv {
  return captured || hasTerminal() || !showsProgress(args) ? {} : { [OUTPUT_VARIABLE]: "log" };
}

/** Whether pulumi gets a process group of its own, and whether signals are forwarded to it. */
export function signalling(platform: NodeJS.Platform, terminal: boolean): { detached: boolean; forwards: boolean } {
  // On Windows a detached program would also open a console window.
  if (platform === "win32") return { detached: false, forwards: false };
  return { detached: !terminal, forwards: true };
}

/** @param interrupted - called at the first interrupt */
function forwardSignals(
  forward: (signal: NodeJS.Signals) => void,
  terminal: boolean,
  interrupted: () => void,
): () => void {
  const isNew = signalFilter(terminal);
  let first = true;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isNew(signal)) forward(signal);
    if (first && signal === "SIGINT") interrupted();
    first = false;
  };
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, onSignal);
  return () => signals.forEach((signal) => process.off(signal, onSignal));
}

/** Whether a signal that we received has not reached pulumi yet. */
export function signalFilter(terminal: boolean, now: () => number = Date.now): (signal: NodeJS.Signals) => boolean {
  let last = -Infinity;
  return (signal) => {
    const sentByTerminal = terminal && signal !== "SIGTERM";
    const echo = now() - last < ECHO_MS;
    last = now();
    return !sentByTerminal && !echo;
  };
}
