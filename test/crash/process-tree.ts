import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** A process as `ps` shows it. */
export interface ProcessEntry {
  pid: number;
  parent: number;
  /** The whole command line. */
  command: string;
}

export function processes(): ProcessEntry[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8", maxBuffer: 64e6 }).split("\n");
  return lines.flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3]! }] : [];
  });
}

/** A process and everything that it started. */
export function processTree(pid: number, all: ProcessEntry[] = processes()): ProcessEntry[] {
  const self = all.filter((entry) => entry.pid === pid);
  return [...self, ...all.filter((entry) => entry.parent === pid).flatMap((child) => processTree(child.pid, all))];
}

/** `kill -9`; a process that has ended meanwhile is as good. Processes that are still in `entries` are alive or zombies. */
export function kill(entries: ProcessEntry[]): void {
  for (const { pid } of entries) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone already.
    }
  }
}

/** Those of `entries` that still run; a number that another program has been given doesn't count. */
export function stillRunning(entries: ProcessEntry[]): ProcessEntry[] {
  const alive = processes();
  return entries.filter(({ pid, command }) => alive.some((one) => one.pid === pid && one.command === command));
}

/** Programs and plugins notice within 10 s that their engine is gone; Pulumi's own language host takes up to 5 minutes. */
const NOTICE_MS = 20_000;

/** Those of `entries`, but for Pulumi's own hosts, that still run although their engine is long gone. */
export async function lingering(entries: ProcessEntry[]): Promise<ProcessEntry[]> {
  const until = Date.now() + NOTICE_MS;
  const watched = entries.filter(({ command }) => /^\S*node\s/.test(command));
  for (;;) {
    const left = stillRunning(watched);
    if (left.length === 0 || Date.now() > until) return left;
    await sleep(100);
  }
}
