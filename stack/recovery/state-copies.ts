import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { StackReference } from "./stack-reference";

/** How pulumi compresses a state, by the ending of its name (PULUMI_SELF_MANAGED_STATE_GZIP). */
const COMPRESSIONS = ["", ".gz", ".zst"];

/** The file in which a `file://` backend keeps the state of a stack; undefined when there is none (pkg/backend/diy/store.go). */
export function stateFile(folder: string, { project, name }: StackReference): string | undefined {
  const places = [path.join(folder, "stacks", project), path.join(folder, "stacks")];
  const files = places.flatMap((place) => COMPRESSIONS.map((end) => path.join(place, `${name}.json${end}`)));
  return files.find((file) => existsSync(file));
}

/**
 * Files with earlier states of a stack, the newest first: the copy beside the state, from one write before it; then what pulumi kept at
 * the start (`backups`) and at the end (`history`) of each update, by the nanoseconds in their names.
 */
export function stateCopies(folder: string, { project, name }: StackReference): string[] {
  const state = stateFile(folder, { project, name });
  const beside = state ? [`${state}.bak`, `${state}${DAMAGED}`].filter((file) => existsSync(file)) : [];
  const kept = [project, ""].flatMap((scope) => [
    ...dated(path.join(folder, "history", scope, name), /-(\d+)\.checkpoint\.json(\.gz|\.zst)?$/),
    ...dated(path.join(folder, "backups", scope, name), /\.(\d+)\.json(\.gz|\.zst)?$/),
  ]);
  kept.sort((one, other) => (one.time < other.time ? 1 : -1));
  return [...beside, ...kept.map(({ file }) => file)];
}

/** Ending of the name that a damaged state is kept under, beside its replacement. Pulumi ignores the file. */
export const DAMAGED = ".damaged";

function dated(folder: string, form: RegExp): { file: string; time: bigint }[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      const time = form.exec(name)?.[1];
      return time ? [{ file: path.join(folder, name), time: BigInt(time) }] : [];
    });
  } catch {
    return []; // No update has ended yet.
  }
}
