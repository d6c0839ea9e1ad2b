import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { cacheDirectory } from "../cache/directory";
import { writeAtomically } from "../cache/write-atomically";
import type { Part } from "./part";

/** What is known of a content by its ETags, without reading it. */
export interface KnownContent {
  sha256: string;
  bytes: number;
}

const inProcess = new Map<string, KnownContent>();

/** A name for the content of blobs: addresses and ETags. Absent where a part is on disk, which has no ETag. */
export function contentKey(parts: readonly Pick<Part, "path" | "etag">[]): string | undefined {
  if (parts.some(({ etag }) => etag === undefined)) return undefined;
  const named = parts.map((part) => [part.path, part.etag]);
  return createHash("sha256").update(JSON.stringify(named)).digest("hex");
}

/** What an earlier check of the same ETags found: in this process, else on this machine. */
export async function knownContent(key: string): Promise<KnownContent | undefined> {
  const known = inProcess.get(key);
  if (known) return known;
  try {
    const { sha256, bytes } = JSON.parse(await readFile(fileOf(key), "utf8")) as KnownContent;
    return /^[0-9a-f]{64}$/.test(sha256) && Number.isSafeInteger(bytes) ? { sha256, bytes } : undefined;
  } catch {
    return undefined;
  }
}

export async function rememberContent(key: string, content: KnownContent): Promise<void> {
  inProcess.set(key, content);
  await writeAtomically(fileOf(key), JSON.stringify(content));
}

function fileOf(key: string): string {
  return path.join(cacheDirectory(), "blobs", `${key}.json`);
}
