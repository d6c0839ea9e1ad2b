import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { newTokenSecret } from "./new-state";
import { type Certificates, openCertificates } from "./certificates";

/** Names the folder in which this run of the tests has its keys; not set: each service makes its own. */
const FOLDER_VARIABLE = "LOCAL_AZURE_TEST_KEYS";
const TOKEN_SECRET = "token-secret.key";

/** What the services of a run share. */
export interface TestKeys {
  /** Private RSA key (PEM) that signs their tokens. */
  tokenSecret: string;
  certificates: Certificates;
}

let keys: Promise<TestKeys> | undefined;

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

/** The run's keys, read and checked once by each test file; undefined where none were made. */
export async function testKeys(): Promise<TestKeys | undefined> {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder === undefined) return undefined;
  keys ??= openCertificates(folder).then((certificates) => ({
    certificates,
    tokenSecret: readFileSync(path.join(folder, TOKEN_SECRET), "utf8"),
  }));
  return keys;
}
