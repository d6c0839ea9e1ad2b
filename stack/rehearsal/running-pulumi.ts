import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Queries to the machine; tests pass the answers of another one. */
export interface ProcessTable {
  platform: NodeJS.Platform;
  /** Runs a program and returns its stdout. @throws Error when it fails */
  run: (program: string, args: string[]) => string;
}

const thisMachine: ProcessTable = {
  platform: process.platform,
  run: (program, args) =>
    execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], windowsHide: true }),
};

/**
 * Whether a process on this machine is a running pulumi. That a process id is in use proves little: a killed process stays as a zombie until
 * its parent asks how it ended (in a container without an init nobody ever does), and an id is later reused for another program.
 *
 * @param pid - as a lock file names it.
 */
export function runsPulumi(pid: number, table: ProcessTable = thisMachine): boolean {
  const entry = find(pid, table);
  return entry !== undefined && !/^[ZX]/.test(entry.state) && entry.name.includes("pulumi");
}

function find(pid: number, table: ProcessTable): ProcessEntry | undefined {
  if (table.platform === "win32") return fromTaskList(pid, table);
  if (table.platform === "linux" && existsSync("/proc/self/stat")) return fromProc(pid);
  return fromPs(pid, table);
}

interface ProcessEntry {
  /** One letter and perhaps more; Z for a zombie, X for a dead one (ps(1), proc(5)). */
  state: string;
  /** Name of the program's file, with or without its folder. */
  name: string;
}

/** Slim containers have no `ps`, but Linux always has this. */
function fromProc(pid: number): ProcessEntry | undefined {
  try {
    const [, name, state] = /^\d+ \((.*)\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))!;
    return { state: state!, name: name! };
  } catch {
    return undefined;
  }
}

/** macOS and the other Unix systems. */
function fromPs(pid: number, { run }: ProcessTable): ProcessEntry | undefined {
  try {
    const line = run("ps", ["-o", "stat=,comm=", "-p", String(pid)]);
    const [, state, name] = /^\s*(\S+)\s+(.+?)\s*$/.exec(line)!;
    return { state: state!, name: name! };
  } catch {
    return undefined;
  }
}

/**
 * Windows: `"pulumi.exe","4711","Console","1","98,304 K"`, or a line without quotes when there is no such process. A process that has
 * ended is not listed, so there is no state to look at.
 */
function fromTaskList(pid: number, { run }: ProcessTable): ProcessEntry | undefined {
  try {
    const line = run("tasklist", ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"]);
    const [, name, listed] = /^"([^"]+)","(\d+)"/m.exec(line)!;
    return Number(listed) === pid ? { state: "R", name: name! } : undefined;
  } catch {
    return undefined;
  }
}
