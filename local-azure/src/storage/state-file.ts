import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { State } from "../state";
import { newState } from "./new-state";

/**
 * The state in `file`, or a new one that is written there at once.
 * @throws Error when the file is there but is not a state this version can read
 */
export function openState(file: string): State {
  if (!existsSync(file)) {
    const state = newState();
    saveState(file, state);
    return state;
  }
  return readState(file);
}

/** @throws Error naming the file when it holds no state that this version can read */
export function readState(file: string): State {
  let state: Partial<State>;
  try {
    state = JSON.parse(readFileSync(file, "utf8")) as Partial<State>;
  } catch (cause) {
    throw new Error(`${file} is not valid JSON. Move it away to start with an empty cloud.`, { cause });
  }
  if (state.version !== 1) {
    throw new Error(`${file} has version ${String(state.version)}, this service reads version 1. Move it away.`);
  }
  return state as State;
}

/** Writes to a neighbour file, flushes it to the disk and renames it: a kill at any moment leaves old or new, whole. */
export function saveState(file: string, state: State): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileAtomic.sync(file, JSON.stringify(state), { mode: 0o600, fsync: true });
}
