import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { readProjectFile } from "../project";
import { readCheckpoint } from "../recovery/checkpoint-file";
import { stateFile } from "../recovery/state-copies";
import { places, rehearsalStack } from "./folder";
import { runsPulumi } from "./running-pulumi";

/** How the last run on a stack of the rehearsal ended. */
export interface Interruption {
  /** A pulumi that is working on the stack right now. */
  runningProcess?: number;
  /** A lock whose pulumi is dead: it was killed. */
  staleLock: boolean;
  /** Number of interrupted operations. */
  pendingOperations: number;
  /** The state is truncated or empty: a full disk or a power cut. */
  damagedState?: boolean;
}

/**
 * Pulumi's file backend keeps a lock per running update, and the operations in progress in the stack's file.
 *
 * @param stack - of the rehearsal. Default: its own
 */
export function findInterruption(backend: string = places.backend, stack: string = rehearsalStack): Interruption {
  const { name } = readProjectFile();
  const locks = path.join(backend, ".pulumi", "locks", "organization", name, stack);
  const holders = existsSync(locks) ? readdirSync(locks).map((file) => readLock(path.join(locks, file))) : [];
  const running = holders.find((lock) => lock.hostname === hostname() && runsPulumi(lock.pid));
  return {
    runningProcess: running?.pid,
    staleLock: holders.length > 0 && !running,
    ...stateOf(path.join(backend, ".pulumi"), name, stack),
  };
}

interface Lock {
  pid: number;
  hostname?: string;
}

function readLock(file: string): Lock {
  try {
    const lock = JSON.parse(readFileSync(file, "utf8")) as Partial<Lock> | null;
    return { pid: Number(lock?.pid ?? 0), hostname: lock?.hostname };
  } catch {
    return { pid: 0 }; // Just released, or interrupted while it was written.
  }
}

function stateOf(
  folder: string,
  project: string,
  stack: string,
): Pick<Interruption, "pendingOperations" | "damagedState"> {
  const file = stateFile(folder, { project, name: stack });
  const checkpoint = file ? readCheckpoint(file) : undefined;
  if (checkpoint?.end === "damaged") return { pendingOperations: 0, damagedState: true };
  return {
    pendingOperations: checkpoint?.end === "whole" ? (checkpoint.deployment.pending_operations?.length ?? 0) : 0,
  };
}
