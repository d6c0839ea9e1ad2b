import { CODE_POINTS } from "./character-classes";

/** Taken from the global once: looking it up at each use is slow in some environments. */
const { imul } = Math;

const NODE_SLOTS = 1 << 20;
const PAIR_SLOTS = 1 << 19;
/** Words of the filter of pairs: 256 KB, which a processor's near cache holds. */
const FILTER_WORDS = 1 << 16;
const RANKS = 1 << 18;
const RANK_BITS = 18;
const RANK_MASK = RANKS - 1;
const USED = 1 << 31;

/** No such node. */
const NONE = -1;
/** What two tokens that don't merge merge to: higher than every rank. */
const NO_MERGE = 0x7fffffff;

/**
 * All that counting needs of an encoding, in one block of shared memory, so that worker threads share it and the disk can keep it:
 * a tree of the tokens' bytes to find the longest token at a place, and the merges that make each token.
 *
 * A node of the tree stands for the first bytes of some token. Its number is the rank of the token with exactly these bytes, or, when
 * there is none, a number from `size` on.
 */
export class BytePairTable {
  static readonly BYTES =
    8 * NODE_SLOTS + 8 * PAIR_SLOTS + 4 * FILTER_WORDS + 4 * 65536 + 4 * 3 * RANKS + 4 * 256 + 4 + RANKS + CODE_POINTS;

  /** Node of two bytes, by `first * 256 + second`, or -1. */
  readonly twoBytes: Int32Array;
  /** Rank of each single byte. */
  readonly oneByte: Int32Array;
  /** Rank of the next shorter token that a token starts with, or -1. */
  readonly prefixes: Int32Array;
  /** The two tokens whose merge makes a token, at twice its rank; of a single byte twice itself. */
  readonly parts: Int32Array;
  /** Length in bytes of each token. */
  readonly lengths: Uint8Array;
  /** Class of every code point: see character-classes.ts. */
  readonly classes: Uint8Array;
  private readonly nodes: Int32Array;
  private readonly pairs: Int32Array;
  private readonly filter: Int32Array;
  private readonly sizeCell: Int32Array;

  constructor(readonly memory: SharedArrayBuffer) {
    let offset = 0;
    const words = (length: number) => new Int32Array(memory, (offset += 4 * length) - 4 * length, length);
    this.nodes = words(2 * NODE_SLOTS);
    this.pairs = words(2 * PAIR_SLOTS);
    this.filter = words(FILTER_WORDS);
    this.twoBytes = words(65536);
    this.prefixes = words(RANKS);
    this.parts = words(2 * RANKS);
    this.oneByte = words(256);
    this.sizeCell = words(1);
    this.lengths = new Uint8Array(memory, offset, RANKS);
    this.classes = new Uint8Array(memory, offset + RANKS, CODE_POINTS);
  }

  /** Number of tokens: ranks run from 0 to `size` - 1. */
  get size(): number {
    return this.sizeCell[0]!;
  }

  set size(size: number) {
    this.sizeCell[0] = size;
  }

  /** Node behind `node` for one more byte, or -1. */
  child(node: number, byte: number): number {
    const { nodes } = this;
    const key = node * 256 + byte + 1;
    for (let slot = slotOf(key) & (NODE_SLOTS - 1); ; slot = (slot + 1) & (NODE_SLOTS - 1)) {
      const found = nodes[2 * slot]!;
      if (found === key) return nodes[2 * slot + 1]!;
      if (found === 0) return NONE;
    }
  }

  addChild(node: number, byte: number, child: number): void {
    const key = node * 256 + byte + 1;
    let slot = slotOf(key) & (NODE_SLOTS - 1);
    while (this.nodes[2 * slot] !== 0) slot = (slot + 1) & (NODE_SLOTS - 1);
    this.nodes[2 * slot] = key;
    this.nodes[2 * slot + 1] = child;
  }

  /**
   * Token that is made by merging `left` and `right`, or 0x7fffffff. Most pairs don't merge, and one bit of a small filter says so for
   * nine in ten of them.
   */
  merged(left: number, right: number): number {
    const { pairs } = this;
    const hash = hashOfPair(left, right);
    if (((this.filter[hash >>> 16]! >>> (hash >>> 11)) & 1) === 0) return NO_MERGE;
    const word0 = left | (right << RANK_BITS);
    const high = (USED >>> RANK_BITS) | (right >>> 14);
    for (let slot = hash & (PAIR_SLOTS - 1); ; slot = (slot + 1) & (PAIR_SLOTS - 1)) {
      const word1 = pairs[2 * slot + 1]!;
      if (word1 === 0) return NO_MERGE;
      if (pairs[2 * slot] === word0 && word1 >>> RANK_BITS === high) return word1 & RANK_MASK;
    }
  }

  /** A pair is kept in two words: left and the low 14 bits of right; a mark, the high 4 bits of right and the merged rank. */
  addMerge(left: number, right: number, merged: number): void {
    const hash = hashOfPair(left, right);
    this.filter[hash >>> 16]! |= 1 << (hash >>> 11);
    let slot = hash & (PAIR_SLOTS - 1);
    while (this.pairs[2 * slot + 1] !== 0) slot = (slot + 1) & (PAIR_SLOTS - 1);
    this.pairs[2 * slot] = left | (right << RANK_BITS);
    this.pairs[2 * slot + 1] = USED | ((right >>> 14) << RANK_BITS) | merged;
    this.parts[2 * merged] = left;
    this.parts[2 * merged + 1] = right;
  }

  /**
   * Whether `left` and `right` are the encoding of their bytes together: undoes merges on both sides of the seam, the latest first, and
   * looks whether an earlier merge would have joined what then meets there.
   */
  isEncoding(left: number, right: number): boolean {
    const { parts } = this;
    // Only a merge of lower rank than what was undone last would have come first.
    let limit = RANKS;
    for (;;) {
      if (this.merged(left, right) < limit) return false;
      if (left > right) {
        limit = left;
        left = parts[2 * left + 1]!;
        if (left === limit) {
          limit = right + 1;
          right = parts[2 * right]!;
          if (right + 1 === limit) return true;
        }
      } else {
        limit = right + 1;
        right = parts[2 * right]!;
        if (right + 1 === limit) {
          limit = left;
          left = parts[2 * left + 1]!;
          if (left === limit) return true;
        }
      }
    }
  }
}

function slotOf(key: number): number {
  const mixed = imul(key, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function hashOfPair(left: number, right: number): number {
  const mixed = imul(left, 0x9e3779b1) ^ imul(right, 0x85ebca6b);
  return imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
}
