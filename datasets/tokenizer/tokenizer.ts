import { kernelFor } from "./kernel-for-table";
import type { Kernel } from "../kernel/kernel";
import type { EncodingTable } from "./encoding-table";

/**
 * Counts tokens as tiktoken's `encode(text, disallowed_special=())` does, on any Unicode text; text such as `<|endoftext|>` is ordinary,
 * and a lone surrogate counts as U+FFFD.
 */
export class Tokenizer {
  private readonly kernel: Kernel;

  constructor(table: EncodingTable) {
    this.kernel = kernelFor(table);
  }

  /** Number of tokens of a text. */
  countText(text: string): number {
    const end = this.kernel.putText(text);
    return this.kernel.exports.count(this.kernel.source, end);
  }

  /** The tokens of a text, by rank. */
  encode(text: string): number[] {
    const { kernel } = this;
    // After the text: as many ranks as there can be.
    kernel.reserve(5 * 3 * text.length + 8, 0);
    const end = kernel.putText(text);
    const out = (end + 7) & ~3;
    const tokens: number[] = [];
    for (let at = kernel.source; at < end;) {
      const next = kernel.exports.endOfPiece(at, end);
      const count = kernel.exports.encodeTo(at, next, out);
      for (let i = 0; i < count; i++) tokens.push(kernel.words[out / 4 + i]!);
      at = next;
    }
    return tokens;
  }
}
