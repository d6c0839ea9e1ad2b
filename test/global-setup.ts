import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeTestKeys } from "local-azure/storage/test-keys";
import { prepareFolder } from "./support/made-once";
import { keepTemporaryFilesInMemory } from "./temporary-files";

/** Before the unit tests: keys that every rehearsal service of theirs takes instead of making its own, and room for what else is made once. */
export default async function prepare(): Promise<void> {
  keepTemporaryFilesInMemory();
  prepareFolder();
  const folder = mkdtempSync(path.join(tmpdir(), "test-keys-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await makeTestKeys(folder);
}
