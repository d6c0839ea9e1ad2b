import { cpSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { readState, saveState } from "./state-file";

/**
 * Begins a cloud with a copy of another one: its state and, where there is such a folder beside it, its uploaded bytes. A state that is
 * already there is kept.
 * @throws Error naming the seed when it can't be read
 */
export function seedState(seed: string, stateFile: string): void {
  if (existsSync(stateFile)) return;
  if (!existsSync(seed)) throw new Error(`${seed}: no such file. --seed-state expects a state.json of this service.`);
  const state = readState(seed);
  mkdirSync(path.dirname(stateFile), { recursive: true, mode: 0o700 });
  // The bytes first: without the state they are swept away, the state without them would name files that are not there.
  const bytes = path.join(path.dirname(seed), "blobs");
  if (existsSync(bytes)) cpSync(bytes, path.join(path.dirname(stateFile), "blobs"), { recursive: true });
  saveState(stateFile, state);
}
