import type { BytePairTable } from "./byte-pair-table";
import { mergeShort, SHORT as shortPiece } from "./merge-short";

/** A constant of this module: an imported one is looked up through a getter at each use. */
const SHORT = shortPiece;

/** Taken from the global once: looking it up at each use is slow in some environments. */
const { imul } = Math;

const ANSWERS_SHIFT = 18;
const ANSWERS = 1 << (32 - ANSWERS_SHIFT);

/** Pieces up to this length find room without growing. */
const USUAL_LENGTH = 256;

/**
 * Byte pair encoding of one piece of text, in time linear in its length: the longest token that fits, or a shorter one where its
 * neighbours would have merged in another way. A sequence of tokens is the encoding of its bytes exactly when each two neighbours are
 * the encoding of their own bytes (H. van Antwerpen and A. Neubeck, "So many tokens, so little time", GitHub 2024), and only one
 * sequence is; so a place that was once given up leads nowhere and is not tried again.
 */
export class BytePairEncoder {
  /** Ranks of the tokens of the last piece, in order. */
  tokens = new Int32Array(USUAL_LENGTH);
  /** 1 for places, counted from the start of the piece, from which there is no way on. */
  private dead = new Uint8Array(USUAL_LENGTH);

  /** Answers of `isEncoding` to what was asked lately: left, and right with the answer in the sign. */
  private readonly answers = new Int32Array(2 * ANSWERS).fill(-1);

  constructor(private readonly table: BytePairTable) {}

  /** Encodes `bytes[start] .. bytes[end - 1]` into `tokens` and returns their number. */
  encode(bytes: Uint8Array, start: number, end: number): number {
    const { table } = this;
    if (end - start <= SHORT) return mergeShort(table, bytes, start, end, this.tokens);
    const { lengths, prefixes } = table;
    if (end - start >= this.dead.length) this.dead = new Uint8Array(2 * (end - start));
    const { dead } = this;
    let hasDead = false;
    let count = 0;
    let at = start;
    let last = -1;
    let token = this.longest(bytes, at, end);
    while (at < end) {
      const next = at + lengths[token]!;
      if (dead[next - start] === 0 && (last < 0 || this.isEncoding(last, token))) {
        if (count === this.tokens.length) this.grow();
        this.tokens[count++] = last = token;
        at = next;
        if (at < end) token = this.longest(bytes, at, end);
        continue;
      }
      token = prefixes[token]!;
      if (token >= 0) continue;
      dead[at - start] = 1;
      hasDead = true;
      token = last;
      at -= lengths[last]!;
      count--;
      last = count > 0 ? this.tokens[count - 1]! : -1;
    }
    if (hasDead) dead.fill(0, 0, end - start);
    return count;
  }

  /** BytePairTable.isEncoding behind a small cache: pairs of tokens come again in natural text. */
  private isEncoding(left: number, right: number): boolean {
    const { answers } = this;
    const slot = 2 * ((imul(left, 0x9e3779b1) ^ imul(right, 0x85ebca6b)) >>> ANSWERS_SHIFT);
    if (answers[slot] === left) {
      const answer = answers[slot + 1]!;
      if (answer === right) return true;
      if (answer === ~right) return false;
    }
    const answer = this.table.isEncoding(left, right);
    answers[slot] = left;
    answers[slot + 1] = answer ? right : ~right;
    return answer;
  }

  /** Longest token that starts at `at`. */
  private longest(bytes: Uint8Array, at: number, end: number): number {
    const { table } = this;
    const { size } = table;
    const first = bytes[at]!;
    let longest = table.oneByte[first]!;
    if (++at === end) return longest;
    let node = table.twoBytes[first * 256 + bytes[at]!]!;
    while (node >= 0) {
      if (node < size) longest = node;
      if (++at === end) break;
      node = table.child(node, bytes[at]!);
    }
    return longest;
  }

  private grow(): void {
    const tokens = new Int32Array(2 * this.tokens.length);
    tokens.set(this.tokens);
    this.tokens = tokens;
  }
}
