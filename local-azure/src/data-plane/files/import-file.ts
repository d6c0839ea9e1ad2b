import { Readable } from "node:stream";
import type { AccountRecord, FileRecord } from "../../world/state";
import type { World } from "../../world/world";
import { removeBlobs } from "../../storage/blobs";
import { MAX_FILE_BYTES } from "./limits";
import { storeContent } from "./store-content";

/** An import may take an hour. */
const MAX_IMPORT_MS = 3600 * 1000;

/**
 * Fetches the content of an imported file in the background; the file is `pending` until the bytes are there and becomes
 * `error` when they cannot be fetched. Only addresses of this machine are fetched: the service never reaches out of it.
 */
export async function startImport(world: World, account: AccountRecord, file: FileRecord): Promise<void> {
  try {
    const stored = await storeContent(world, file.id, await open(file.importFrom!), MAX_FILE_BYTES);
    file.bytes = stored.bytes;
    if (file.purpose === "fine-tune") {
      file.rows = stored.rows;
      if (stored.problem !== undefined) file.problem = stored.problem;
    }
  } catch (error) {
    file.problem = `File import failed: ${reasonOf(error)}`;
  }
  file.processedAt = world.clock.now() + world.settings.fileSeconds * 1000;
  delete file.importFrom;
  if (account.dataPlane.files.includes(file)) {
    // No request waits for this write: a full disk must not end the service, and the next write or start repeats it.
    try {
      world.save();
    } catch (error) {
      process.stderr.write(`local-azure: ${(error as Error).message}\n`);
    }
  } else {
    removeBlobs(world, file.id);
  }
}

/** `fetch` says only that it failed; why is in the cause, or in the cause's first error where several addresses were tried. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message: string; cause?: { message: string; code?: string; errors?: Error[] } };
  if (cause === undefined) return message;
  return `GET of content_url: ${cause.message || cause.errors?.[0]?.message || cause.code || message}.`;
}

/** Resumes imports that a restart interrupted. */
export function resumeImports(world: World): void {
  for (const account of world.state.accounts) {
    for (const file of account.dataPlane.files.filter(({ importFrom }) => importFrom !== undefined))
      void startImport(world, account, file);
  }
}

async function open(address: string): Promise<Readable> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw new Error("content_url is not an http or https address.");
  if (!["localhost", "127.0.0.1", "[::1]"].includes(url.hostname))
    throw new Error(`the host '${url.hostname}' is not this machine, and this service doesn't connect to any other.`);
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(MAX_IMPORT_MS) });
  if (!response.ok || !response.body) throw new Error(`GET of content_url returned status ${response.status}.`);
  return Readable.fromWeb(response.body);
}
