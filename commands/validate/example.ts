import { findParts, joined, type RemoteStore } from "../../datasets/sources";

/** More of a file is not read for its first example. */
const READ_BYTES = 1 << 16;
/** Characters shown of one message. */
const SHOWN = 600;

/** A message as a person reads it. */
export interface ShownMessage {
  role: string;
  text: string;
}

/** The messages of a file's first example; `undefined` when the file has none that can be shown. */
export async function firstExample(path: string, remote: RemoteStore): Promise<ShownMessage[] | undefined> {
  try {
    const line = (await startOf(path, remote))
      .toString("utf8")
      .replace(/^\ufeff/, "")
      .split("\n")
      .find((text) => text.trim() !== "");
    return messagesOf(JSON.parse(line ?? "null"));
  } catch {
    return undefined;
  }
}

async function startOf(path: string, remote: RemoteStore): Promise<Buffer> {
  const parts = await findParts(path, remote);
  const blocks: Uint8Array[] = [];
  let bytes = 0;
  for await (const block of joined(typeof parts === "string" ? [] : parts)) {
    blocks.push(block);
    if ((bytes += block.length) >= READ_BYTES) break;
  }
  return Buffer.concat(blocks).subarray(0, READ_BYTES);
}

function messagesOf(row: unknown): ShownMessage[] | undefined {
  const { messages, input, preferred_output, non_preferred_output } = (row ?? {}) as Record<string, unknown>;
  const lists = [
    messages,
    (input as Record<string, unknown> | undefined)?.messages,
    preferred_output,
    non_preferred_output,
  ];
  const all = lists.filter(Array.isArray).flat() as Record<string, unknown>[];
  return all.length === 0 ? undefined : all.map(({ role, content }) => ({ role: shown(role), text: shown(content) }));
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}... (${text.length} characters)` : text;
}
