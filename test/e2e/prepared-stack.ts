import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Names the folder for the deployed stack that the test files of a run copy; not set: each deploys its own. */
const FOLDER_VARIABLE = "E2E_PREPARED_STACK";
/** What makes a stack, below `.local`: the cloud, the passphrase, the state, the settings with the passphrase's salt. */
const parts = ["azure", "passphrase", "pulumi-state", "stack"];
/** Notes of the service that runs, which are another's after a copy. */
const ofService = ["port", "state.json.server", "server.log"];
/** Where the cloud was: its address is all that ties a state to it. */
const ENDPOINT = "endpoint";

/** Makes the folder, before any test file begins; it goes with the run. */
export function prepareFolder(): void {
  const folder = mkdtempSync(path.join(tmpdir(), "prepared-stack-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.env[FOLDER_VARIABLE] = folder;
}

/** Gives a stack that has just been deployed, and that nothing works on, to the files that come later. The first one counts. */
export function offer(local: string, endpoint: string): void {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder === undefined || preparedStack() !== undefined) return;
  const unfinished = path.join(folder, String(process.pid));
  mkdirSync(unfinished);
  const filter = (source: string) => !ofService.includes(path.basename(source));
  for (const part of parts) cpSync(path.join(local, part), path.join(unfinished, part), { recursive: true, filter });
  writeFileSync(path.join(unfinished, ENDPOINT), endpoint);
  try {
    renameSync(unfinished, path.join(folder, "stack"));
  } catch {
    // Another file was quicker, and whoever copies that one must find it whole.
    rmSync(unfinished, { recursive: true });
  }
}

/** Folder of the deployed stack, once a file has offered one. */
export function preparedStack(): string | undefined {
  const folder = process.env[FOLDER_VARIABLE];
  const stack = folder && path.join(folder, "stack");
  return stack !== undefined && existsSync(stack) ? stack : undefined;
}

/** Copies the deployed stack into an empty `.local`, before its service starts. */
export function copyStack(stack: string, local: string): void {
  for (const part of parts) cpSync(path.join(stack, part), path.join(local, part), { recursive: true });
}

/** Makes the copied state one of the cloud at this address. */
export function moveState(stack: string, local: string, endpoint: string): void {
  const before = readFileSync(path.join(stack, ENDPOINT), "utf8");
  const state = path.join(local, "pulumi-state");
  for (const entry of readdirSync(state, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = readFileSync(file, "utf8");
    if (text.includes(before)) writeFileSync(file, text.replaceAll(before, endpoint));
  }
}
