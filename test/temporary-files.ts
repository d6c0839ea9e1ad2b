import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { freemem } from "node:os";
import path from "node:path";

/** Linux's file system in memory, which everybody may write to. */
const MEMORY = "/dev/shm";
/** A checkout takes 8 MB, and each worker has one or two at a time; the rest is for the programs that run and for tests of large files. */
const NEEDED_BYTES = 4 * 2 ** 30;
const OURS = /^tests-(\d+)$/;

/**
 * Has this run's temporary files in memory, where there is room: a checkout is 1,400 files, and making and deleting them waits for the disk
 * longer than for anything else (6 s and 0.3 s were measured on a busy machine). Who sets TMPDIR decides.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env.TMPDIR !== undefined || !hasRoom()) return;
  for (const name of readdirSync(MEMORY)) if (isLeftOver(name)) rmSync(path.join(MEMORY, name), { recursive: true });
  const folder = path.join(MEMORY, `tests-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    // A container's limit counts these files and all programs; where there is none, this is larger than any memory, or 0.
    const limit = (process.constrainedMemory() || Infinity) / 2;
    return (
      Math.min(bavail * bsize, freemem(), limit) >= NEEDED_BYTES && runsPrograms(readFileSync("/proc/mounts", "utf8"))
    );
  } catch {
    return false; // Not Linux, or not as it usually is.
  }
}

/** Whether the folder in memory is mounted so that programs in it may run: tests write some. @param mounts - /proc/mounts */
export function runsPrograms(mounts: string): boolean {
  const [, , , options] =
    mounts
      .split("\n")
      .map((line) => line.split(" "))
      .findLast(([, at]) => at === MEMORY) ?? [];
  return options !== undefined && !options.split(",").includes("noexec");
}

/** Of a run that was killed. */
function isLeftOver(name: string): boolean {
  const pid = OURS.exec(name)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
