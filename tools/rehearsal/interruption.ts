import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { readProjectFile } from "../project";
import type { StackExport } from "../stack-state";
import { places, rehearsalStack } from "./folder";
import { runsPulumi } from "./running-pulumi";

/** How the last run on the rehearsal's stack ended. */
export interface Interruption {
  /** A pulumi that is at work on the stack right now. */
  runningProcess?: number;
  /** A lock whose pulumi is dead: it was killed. */
  staleLock: boolean;
  /** Operations that were cut off. */
  pendingOperations: number;
}

/** Pulumi's file backend keeps a lock per running update, and the operations under way in the stack's file. */
export function findInterruption(backend: string = places.backend): Interruption {
  const { name } = readProjectFile();
  const locks = path.join(backend, ".pulumi", "locks", "organization", name, rehearsalStack);
  const holders = existsSync(locks) ? readdirSync(locks).map((file) => readLock(path.join(locks, file))) : [];
  const running = holders.find((lock) => lock.hostname === hostname() && runsPulumi(lock.pid));
  return {
    runningProcess: running?.pid,
    staleLock: holders.length > 0 && !running,
    pendingOperations: pendingOperations(path.join(backend, ".pulumi", "stacks", name, `${rehearsalStack}.json`)),
  };
}

interface Lock {
  pid: number;
  hostname: string;
}

function readLock(file: string): Partial<Lock> & { pid: number } {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Lock;
  } catch {
    return { pid: 0 }; // Released meanwhile, or cut off while it was written.
  }
}

function pendingOperations(stackFile: string): number {
  if (!existsSync(stackFile)) return 0;
  const { checkpoint } = JSON.parse(readFileSync(stackFile, "utf8")) as {
    checkpoint?: { latest?: StackExport["deployment"] };
  };
  return checkpoint?.latest?.pending_operations?.length ?? 0;
}
