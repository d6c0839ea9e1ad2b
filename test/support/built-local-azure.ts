import { cpSync } from "node:fs";
import { buildLocalAzure } from "../../commands/build-local-azure/build";
import { madeBefore, makeForLater } from "./made-once";

const NAME = "local-azure";

/** Puts local-azure's package into a folder, as `npm run build:local-azure` does; a run of the tests compiles it once (7 s of processor time). */
export async function builtLocalAzure(folder: string): Promise<void> {
  await makeForLater(NAME, buildLocalAzure);
  const made = madeBefore(NAME);
  if (made === undefined) await buildLocalAzure(folder);
  else cpSync(made, folder, { recursive: true });
}
