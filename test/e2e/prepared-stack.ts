import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { madeBefore, makeForLater } from "../support/made-once";

const NAME = "stack";
/** What makes a stack, below `.local`: the cloud, the passphrase, the state, the settings with the passphrase's salt. */
const parts = ["azure", "passphrase", "pulumi-state", "stack"];
/** Notes of the service that runs, which are another's after a copy. */
const ofService = ["port", "state.json.server", "server.log"];
/** Where the cloud was: its address is all that ties a state to it. */
const ENDPOINT = "endpoint";

/** Gives a stack that has just been deployed, and that nothing works on, to the files that come later. The first one counts. */
export function offer(local: string, endpoint: string): Promise<void> {
  const filter = (source: string) => !ofService.includes(path.basename(source));
  return makeForLater(NAME, (folder) => {
    for (const part of parts) cpSync(path.join(local, part), path.join(folder, part), { recursive: true, filter });
    writeFileSync(path.join(folder, ENDPOINT), endpoint);
  });
}

/** Folder of the deployed stack, once a file has offered one. */
export function preparedStack(): string | undefined {
  return madeBefore(NAME);
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
