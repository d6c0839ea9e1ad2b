import type { Encoding } from "../../catalog";
import { BytePairEncoder } from "./byte-pair-encoder";
import { BytePairTable } from "./byte-pair-table";
import { PieceCounts } from "./piece-counts";
import { type PieceCutter, pieceCutter } from "./pieces";

/** An encoding ready to use; `memory` can be handed to worker threads as it is. */
export interface EncodingTable {
  encoding: Encoding;
  memory: SharedArrayBuffer;
}

/** What wants to see the pieces of a text go by while they are counted. */
export interface PieceListener {
  /** Two independent hashes of the piece's bytes. */
  piece(hash: number, secondHash: number): void;
}

/**
 * Counts tokens as tiktoken's `encode(text, disallowed_special=())` does, on any Unicode text; text such as `<|endoftext|>` is ordinary.
 */
export class Tokenizer {
  private readonly cutter: PieceCutter;
  private readonly encoder: BytePairEncoder;
  private readonly counts = new PieceCounts();

  constructor({ encoding, memory }: EncodingTable) {
    const table = new BytePairTable(memory);
    this.cutter = pieceCutter(encoding, table.classes);
    this.encoder = new BytePairEncoder(table);
  }

  /** Number of tokens of `bytes[start] .. bytes[end - 1]`, which must be valid UTF-8. */
  count(bytes: Uint8Array, start: number, end: number, listener?: PieceListener): number {
    const { cutter, counts } = this;
    counts.use(bytes);
    let total = 0;
    for (let at = start; at < end;) {
      const next = cutter.endOfPiece(bytes, at, end);
      let count = counts.find(at, next);
      if (count === 0) {
        count = this.encoder.encode(bytes, at, next);
        counts.add(at, next, count);
      }
      listener?.piece(counts.hash, counts.secondHash);
      total += count;
      at = next;
    }
    return total;
  }

  /** Number of tokens of a string; a lone surrogate counts as U+FFFD, as tiktoken takes it. */
  countText(text: string, listener?: PieceListener): number {
    const bytes = utf8.encode(text);
    return this.count(bytes, 0, bytes.length, listener);
  }

  /** The tokens of a string, by rank. */
  encode(text: string): number[] {
    const bytes = utf8.encode(text);
    const tokens: number[] = [];
    for (let at = 0; at < bytes.length;) {
      const next = this.cutter.endOfPiece(bytes, at, bytes.length);
      const count = this.encoder.encode(bytes, at, next);
      for (let i = 0; i < count; i++) tokens.push(this.encoder.tokens[i]!);
      at = next;
    }
    return tokens;
  }
}

const utf8 = new TextEncoder();
