import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { asObject } from "../http/request";
import type { State } from "../world/state";
import { newState } from "./new-state";
import { whileBusy } from "./while-busy";

/**
 * The state in `file`, or a new one that is written there at once.
 * @param tokenSecret - key of a new state, as `newState` takes it
 * @param flush - of a new state, as `saveState` takes it
 * @throws Error when the file is there but is not a state this version can read
 */
export function openState(file: string, tokenSecret?: string, flush?: boolean): State {
  if (!existsSync(file)) {
    const state = newState(tokenSecret);
    saveState(file, state, flush);
    return state;
  }
  const state = readState(file);
  sweepHalfWritten(file);
  return state;
}

/** A write that was killed leaves its neighbour file (`state.json.<digits>`) behind, with all the secrets in it. */
function sweepHalfWritten(file: string): void {
  const [folder, prefix] = [path.dirname(file), `${path.basename(file)}.`];
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
      rmSync(path.join(folder, name), { force: true });
  }
}

/** @throws Error naming the file when it holds no state that this version can read */
export function readState(file: string): State {
  const wayOut = "Move or delete it to start over with an empty cloud.";
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(`${file} is not valid JSON. ${wayOut}`, { cause });
  }
  const state = asObject(content) ?? {};
  if (state.version !== 1) {
    const version = state.version === undefined ? "no version" : `version ${JSON.stringify(state.version)}`;
    throw new Error(`${file} has ${version}; expected version 1. ${wayOut}`);
  }
  const damage = damageOf(state);
  if (damage !== undefined) throw new Error(`${file} is damaged: ${damage}. ${wayOut}`);
  return state as unknown as State;
}

/** What every state has had from the first version on; members that came later are optional. */
const parts: [keyof State, "text" | "number" | "list" | "filled list"][] = [
  ["tenantId", "text"],
  ["subscriptionId", "text"],
  ["tokenSecret", "text"],
  ["adminToken", "text"],
  ["managedIdentitySecret", "text"],
  ["oidcRequestToken", "text"],
  ["clockOffsetMs", "number"],
  ["clients", "filled list"],
  ["resourceGroups", "list"],
  ["accounts", "list"],
  ["deletedAccounts", "list"],
  ["roleAssignments", "list"],
  ["removedRoleAssignments", "list"],
  ["freedQuota", "list"],
  ["operations", "list"],
];

function damageOf(state: Record<string, unknown>): string | undefined {
  for (const [name, kind] of parts) {
    const value = state[name];
    const fits =
      kind === "text"
        ? typeof value === "string"
        : kind === "number"
          ? typeof value === "number"
          : Array.isArray(value) && (kind === "list" || value.length > 0);
    if (!fits) return value === undefined ? `${name} is missing` : `${name} is not a ${kind}`;
  }
  return undefined;
}

/**
 * Writes to a neighbour file, flushes it to the disk and renames it: a kill at any moment leaves old or new, whole.
 * @param flush - false: a power cut may lose it. Default: true
 */
export function saveState(file: string, state: State, flush = true): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  whileBusy(() => writeFileAtomic.sync(file, JSON.stringify(state), { mode: 0o600, fsync: flush }));
}
