import type { Kernel } from "../kernel/kernel";
import { CODE_POINTS } from "./character-classes";

const RANKS = 1 << 18;

/**
 * All that counting needs of an encoding, in the memory of a kernel while it is built: a tree of the tokens' bytes to find the longest
 * token at a place, and the merges that make each token. `copy` takes it out, so that other threads and the disk can keep it.
 *
 * A node of the tree is the first bytes of some token. Its number is the rank of the token with exactly these bytes, or, when
 * there is none, a number from `size` on.
 */
export class BytePairTable {
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
  private readonly sizeCell: Int32Array;

  /** @param kernel - whose memory must not grow in the meantime. */
  constructor(private readonly kernel: Kernel) {
    const { buffer } = kernel.bytes;
    const { exports } = kernel;
    this.twoBytes = new Int32Array(buffer, exports.TWO_BYTES.value, 65536);
    this.oneByte = new Int32Array(buffer, exports.ONE_BYTE.value, 256);
    this.prefixes = new Int32Array(buffer, exports.PREFIXES.value, RANKS);
    this.parts = new Int32Array(buffer, exports.PARTS.value, 2 * RANKS);
    this.sizeCell = new Int32Array(buffer, exports.SIZE.value, 1);
    this.lengths = new Uint8Array(buffer, exports.LENGTHS.value, RANKS);
    this.classes = new Uint8Array(buffer, exports.CLASSES.value, CODE_POINTS);
  }

  /** Number of tokens: ranks run from 0 to `size` - 1. */
  get size(): number {
    return this.sizeCell[0]!;
  }

  set size(size: number) {
    this.sizeCell[0] = size;
  }

  /** Node after `node` for one more byte, or -1. */
  child(node: number, byte: number): number {
    return this.kernel.exports.child(node, byte);
  }

  addChild(node: number, byte: number, child: number): void {
    this.kernel.exports.addChild(node, byte, child);
  }

  /** Token that is made by merging `left` and `right`, or 0x7fffffff. */
  merged(left: number, right: number): number {
    return this.kernel.exports.merged(left, right);
  }

  addMerge(left: number, right: number, merged: number): void {
    this.kernel.exports.addMerge(left, right, merged);
  }

  /** Whether `left` and `right` are the encoding of their bytes together. */
  isEncoding(left: number, right: number): boolean {
    return this.kernel.exports.isEncoding(left, right) !== 0;
  }

  /** The whole table in memory that threads can share. */
  copy(): SharedArrayBuffer {
    const { TABLE, TABLE_BYTES } = this.kernel.exports;
    const memory = new SharedArrayBuffer(TABLE_BYTES.value);
    new Uint8Array(memory).set(this.kernel.bytes.subarray(TABLE.value, TABLE.value + TABLE_BYTES.value));
    return memory;
  }
}
