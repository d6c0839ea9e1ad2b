import { open } from "node:fs/promises";

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
export async function firstExample(path: string): Promise<ShownMessage[] | undefined> {
  const handle = await open(path).catch(() => undefined);
  if (!handle) return undefined;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, 0);
    const line = buffer
      .toString("utf8", 0, bytesRead)
      .replace(/^\ufeff/, "")
      .split("\n")
      .find((text) => text.trim() !== "");
    return messagesOf(JSON.parse(line ?? "null"));
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
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
