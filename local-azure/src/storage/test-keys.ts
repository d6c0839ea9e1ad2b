import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { newTokenSecret } from "./new-state";
import { openCertificates } from "./certificates";

/** Names the folder in which this run of the tests has its keys; not set: each service makes its own. */
const FOLDER_VARIABLE = "LOCAL_AZURE_TEST_KEYS";
const TOKEN_SECRET = "token-secret.key";

/**
 * Makes, once for a run of the tests, what takes a new service longest to make: the RSA key that signs its tokens, and its certificates.
 * Processes that are started afterwards find them (`process.env`).
 *
 * @param folder - an empty folder, which the caller removes in the end
 */
export async function makeTestKeys(folder: string): Promise<void> {
  await openCertificates(folder);
  writeFileSync(path.join(folder, TOKEN_SECRET), newTokenSecret(), { mode: 0o600 });
  process.env[FOLDER_VARIABLE] = folder;
}

/**
 * Puts the run's certificates into the folder of a new service.
 *
 * @returns the run's key for its tokens; undefined where no keys were made
 */
export function takeTestKeys(folder: string): string | undefined {
  const from = process.env[FOLDER_VARIABLE];
  if (from === undefined) return undefined;
  for (const name of readdirSync(from).filter((file) => file.endsWith(".pem")))
    copyFileSync(path.join(from, name), path.join(folder, name));
  return readFileSync(path.join(from, TOKEN_SECRET), "utf8");
}
