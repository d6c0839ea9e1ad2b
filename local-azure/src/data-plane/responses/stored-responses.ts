import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { responsesFolder } from "../../storage/blobs";
import type { AccountRecord } from "../../world/state";
import type { World } from "../../world/world";
import { createdAt, responseOf } from "./response-id";

/** A response with what it answered, as the API writes both. */
export interface StoredResponse {
  response: Record<string, unknown> & { id: string; output: Record<string, unknown>[] };
  input: Record<string, unknown>[];
  /** Response before it in the conversation. */
  previous: string | undefined;
}

/** Microsoft's page on the Responses API. */
const KEPT_MS = 30 * 24 * 3600_000;

/** Keeps it in a file of its own: many cost no memory, and none is lost when the process is killed. */
export function storeResponse(world: Pick<World, "blobFolder">, account: AccountRecord, stored: StoredResponse): void {
  const folder = responsesFolder(world, account);
  const file = path.join(folder, stored.response.id);
  try {
    writeFileSync(file, JSON.stringify(stored), { mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(stored), { mode: 0o600 });
  }
}

/** The response of that id, or the one that the item of that id is of, while it is kept. */
export function storedResponse(world: World, account: AccountRecord, id: string): StoredResponse | undefined {
  const responseId = responseOf(id);
  if (responseId === undefined || isExpired(responseId, world.clock.now())) return undefined;
  try {
    return JSON.parse(readFileSync(path.join(responsesFolder(world, account), responseId), "utf8")) as StoredResponse;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

export function deleteResponse(world: Pick<World, "blobFolder">, account: AccountRecord, id: string): void {
  rmSync(path.join(responsesFolder(world, account), id), { force: true });
}

/** Removes what is kept no longer, at the start of the service. */
export function sweepResponses(world: Pick<World, "blobFolder" | "clock" | "state">): void {
  const now = world.clock.now();
  for (const folder of world.state.accounts
    .map((account) => responsesFolder(world, account))
    .filter((one) => existsSync(one))) {
    for (const name of readdirSync(folder).filter((id) => isExpired(id, now)))
      rmSync(path.join(folder, name), { force: true });
  }
}

function isExpired(responseId: string, now: number): boolean {
  return now >= createdAt(responseId) + KEPT_MS;
}
