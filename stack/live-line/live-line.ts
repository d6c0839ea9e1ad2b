import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pc from "picocolors";
import { BottomRow } from "./bottom-row";
import { EventTail } from "./event-tail";
import { liveLine } from "./line";
import { RunState } from "./run-state";

/** Long-running commands of pulumi, with their aliases; all of them take `--event-log`. */
const LONG = new Set(["up", "update", "preview", "pre", "refresh", "destroy", "down", "dn"]);
/** With these, pulumi's output is for a program, or there is no run at all. */
const QUIET = new Set(["--non-interactive", "--json", "-j", "--help", "-h"]);

/** Between two looks at the events, in milliseconds. */
const LOOK_MS = 250;
/** One frame per look: shows that the command is alive while no event comes. */
const SPINNER = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];

/** A line below pulumi's table while pulumi runs. */
export interface LiveLine {
  /** The arguments, with a log of events that the line is read from. */
  args: string[];
  /** Names the pulumi that runs above the line. */
  drawnOverBy(process: number | undefined): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

/** Whether pulumi is run by a person at a terminal that a bottom row can be kept on. */
export function hasTerminal(
  stdin: { isTTY?: boolean } = process.stdin,
  stdout: { isTTY?: boolean } = process.stdout,
): boolean {
  return stdin.isTTY === true && stdout.isTTY === true;
}

/** Whether a run of pulumi with these arguments shows its progress to people. */
export function showsProgress(args: string[]): boolean {
  const command = args.find((argument) => !argument.startsWith("-"));
  return command !== undefined && LONG.has(command) && !args.some((argument) => QUIET.has(argument));
}

/** @returns undefined if there is no terminal for a line, or no long run */
export function openLiveLine(args: string[], platform: NodeJS.Platform = process.platform): LiveLine | undefined {
  // Windows has neither the settings of a terminal that `stty` changes nor pulumi's table.
  if (platform === "win32" || process.env.TERM === "dumb" || !hasTerminal() || !showsProgress(args)) return undefined;
  const row = BottomRow.open(process.stdout);
  if (!row) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "live-line-"));
  const given = givenLog(args);
  const tail = new EventTail(given ?? path.join(folder, "events.jsonl"));
  const state = new RunState();
  const began = Date.now();
  const show = () => {
    const now = Date.now();
    for (const event of tail.read()) state.apply(event, now);
    const content = { parts: state.parts(now), done: state.done, elapsedMs: now - began };
    const line = liveLine(content, row.width - 2);
    const frame = SPINNER[Math.floor((now - began) / LOOK_MS) % SPINNER.length]!;
    row.draw(line === "" ? "" : `${pc.cyan(frame)} ${colored(line)}`);
  };
  show();
  const timer = setInterval(show, LOOK_MS);
  return {
    args: given === undefined ? [...args, "--event-log", path.join(folder, "events.jsonl")] : args,
    drawnOverBy: (pulumi) => {
      if (pulumi !== undefined) row.drawnOverBy(pulumi);
    },
    close: () => {
      clearInterval(timer);
      row.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The log that the arguments ask for themselves. */
function givenLog(args: string[]): string | undefined {
  const at = args.indexOf("--event-log");
  if (at >= 0) return args[at + 1];
  return args.find((argument) => argument.startsWith("--event-log="))?.slice("--event-log=".length);
}

/** The most active part is highlighted; colours only where the terminal has them. */
function colored(line: string): string {
  const end = line.indexOf(" · ");
  return end < 0 ? pc.cyan(line) : `${pc.bold(pc.cyan(line.slice(0, end)))}${pc.cyan(line.slice(end))}`;
}
