import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/**
 * Whether a process of this machine is a pulumi that runs. That a number is in use says little: a killed process stays as a zombie until
 * its parent asks how it ended (in a container without an init nobody ever does), and a number is given to another program later.
 *
 * @param pid - as a lock file names it.
 */
export function runsPulumi(pid: number): boolean {
  const entry = existsSync("/proc/self/stat") ? fromProc(pid) : fromPs(pid);
  return entry !== undefined && !/^[ZX]/.test(entry.state) && entry.name.includes("pulumi");
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

function fromPs(pid: number): ProcessEntry | undefined {
  try {
    const line = execFileSync("ps", ["-o", "stat=,comm=", "-p", String(pid)], { encoding: "utf8" });
    const [, state, name] = /^\s*(\S+)\s+(.+?)\s*$/.exec(line)!;
    return { state: state!, name: name! };
  } catch {
    return undefined;
  }
}
