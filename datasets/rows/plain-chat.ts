import type { Kernel, OnShingle } from "../kernel/kernel";
import type { Tokenizer } from "../tokenizer/tokenizer";

/** Roles of a plain chat row, by number. */
export const plainRoles = ["system", "developer", "user", "assistant"] as const;

/** Longer rows are read in full, so that the kernel's memory stays small. */
const MAX_BYTES = 64 << 20;
const ENTRY_WORDS = 4;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** A message that may hold secrets: see privacy/kinds.ts. */
export interface SuspectMessage {
  index: number;
  kinds: number;
  content: string;
}

/**
 * The rows that nearly every file is made of, `{"messages": [{"role": ..., "content": ...}, ...]}` without anything else, examined in
 * one go by the kernel: kernel/assembly/plain-chat.ts says which rows they are.
 */
export class PlainChat {
  total = 0;
  assistant = 0;
  /** Hash of the system message, 0 for none. */
  system = 0;
  private kinds = 0;
  private count = 0;
  private readonly tokensPerMessage: number;

  constructor(
    private readonly kernel: Kernel,
    tokenizer: Tokenizer,
  ) {
    const tokens = plainRoles.map((role) => 3 + tokenizer.countText(role));
    this.tokensPerMessage = tokens.reduce((packed, count, role) => packed | (count << (8 * role)), 0);
  }

  /** Counts and sketches the row, if it is such a row; else says no. */
  examine(bytes: Uint8Array, start: number, end: number, onShingle?: OnShingle): boolean {
    if (end - start > MAX_BYTES) return false;
    const { kernel } = this;
    const rowEnd = kernel.put(bytes, start, end, true);
    kernel.onShingle = onShingle;
    const { exports, source } = kernel;
    if (exports.examinePlainChat(source, rowEnd, this.tokensPerMessage, onShingle !== undefined) === 0) return false;
    const totals = exports.TOTALS.value >>> 2;
    this.total = kernel.words[totals]!;
    this.assistant = kernel.words[totals + 1]!;
    this.system = kernel.words[totals + 2]!;
    this.kinds = kernel.words[totals + 3]!;
    this.count = kernel.words[totals + 4]!;
    return true;
  }

  /** Messages of the row examined last that may hold secrets. */
  suspects(): SuspectMessage[] {
    if (this.kinds === 0) return [];
    const { words, bytes, exports } = this.kernel;
    const found: SuspectMessage[] = [];
    for (let index = 0; index < this.count; index++) {
      const entry = (exports.MESSAGES.value >>> 2) + ENTRY_WORDS * index;
      const kinds = bytes[4 * entry + 9]!;
      if (kinds !== 0)
        found.push({ index, kinds, content: utf8.decode(bytes.subarray(words[entry], words[entry + 1])) });
    }
    return found;
  }
}
