import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeTestKeys } from "local-azure/storage/test-keys";
import { keepTemporaryFilesInMemory } from "./temporary-files";

/** Before the unit tests: keys that every rehearsal service of theirs takes instead of making its own. */
export default async function prepare(): Promise<void> {
  keepTemporaryFilesInMemory();
  const folder = mkdtempSync(path.join(tmpdir(), "test-keys-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await makeTestKeys(folder);
}
