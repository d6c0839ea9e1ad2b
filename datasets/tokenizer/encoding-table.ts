import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Encoding } from "../../catalog";
import { cacheDirectory } from "../cache/directory";
import { writeAtomically } from "../cache/write-atomically";
import { buildTable } from "./build-table";
import { readVocabulary } from "./vocabulary";

/** An encoding ready to use; `memory` can be handed to worker threads as it is. */
export interface EncodingTable {
  encoding: Encoding;
  memory: SharedArrayBuffer;
}

/** Raise when the layout or the content of the table changes. */
const LAYOUT = 3;
const DIGEST_BYTES = 32;
const tables = new Map<Encoding, Promise<EncodingTable>>();

/**
 * The table of an encoding: built once per machine (about 0.5 s) and kept in the user's cache directory, from which it is there in
 * some 20 ms; one per process. A damaged file is built again.
 */
export function encodingTable(encoding: Encoding, directory = cacheDirectory()): Promise<EncodingTable> {
  let table = tables.get(encoding);
  if (!table) tables.set(encoding, (table = load(encoding, directory)));
  return table;
}

async function load(encoding: Encoding, directory: string): Promise<EncodingTable> {
  const file = path.join(directory, `${encoding}-${LAYOUT}.table`);
  const memory = (await read(file)) ?? (await build(encoding, file));
  return { encoding, memory };
}

/** The kept table; `undefined` when there is none or its digest doesn't fit. */
async function read(file: string): Promise<SharedArrayBuffer | undefined> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return undefined;
  try {
    const bytes = (await handle.stat()).size - DIGEST_BYTES;
    if (bytes <= 0) return undefined;
    const memory = new SharedArrayBuffer(bytes);
    const digest = new Uint8Array(DIGEST_BYTES);
    await handle.read(digest, 0, DIGEST_BYTES, 0);
    await handle.read(new Uint8Array(memory), 0, bytes, DIGEST_BYTES);
    return digestOf(memory).equals(digest) ? memory : undefined;
  } finally {
    await handle.close();
  }
}

async function build(encoding: Encoding, file: string): Promise<SharedArrayBuffer> {
  const building = buildTable(readVocabulary(ranksOf(encoding)));
  let step = building.next();
  while (!step.done) {
    await setImmediate();
    step = building.next();
  }
  const memory = step.value.copy();
  await writeAtomically(file, Buffer.concat([digestOf(memory), new Uint8Array(memory)]));
  return memory;
}

/** Loaded only to build: they are 2 MB of source text. */
function ranksOf(encoding: Encoding): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require(`js-tiktoken/ranks/${encoding}`) as { bpe_ranks: string }).bpe_ranks;
}

function digestOf(memory: SharedArrayBuffer): Buffer {
  return createHash("sha256").update(new Uint8Array(memory)).digest();
}
