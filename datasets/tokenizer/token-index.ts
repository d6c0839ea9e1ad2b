import type { Vocabulary } from "./vocabulary";

/** Taken from the global once: looking it up at each use is slow in some environments. */
const { imul } = Math;

const SLOTS = 1 << 19;
const SLOT_MASK = SLOTS - 1;
const BASE = 0x01000193;

/** Finds tokens by their bytes, under a polynomial hash whose value for a suffix follows from those of the whole and the prefix. */
export class TokenIndex {
  private readonly ranks = new Int32Array(SLOTS).fill(-1);
  private readonly hashes = new Int32Array(SLOTS);
  private readonly powers = new Int32Array(256);

  constructor(private readonly vocabulary: Vocabulary) {
    const { offsets, size } = vocabulary;
    this.powers[0] = 1;
    for (let i = 1; i < this.powers.length; i++) this.powers[i] = imul(this.powers[i - 1]!, BASE);
    for (let rank = 0; rank < size; rank++) {
      const hash = this.hash(offsets[rank]!, offsets[rank + 1]!);
      let slot = slotOf(hash);
      while (this.ranks[slot] !== -1) slot = (slot + 1) & SLOT_MASK;
      this.ranks[slot] = rank;
      this.hashes[slot] = hash;
    }
  }

  /** Hash of a text with one byte more. */
  extend(hash: number, byte: number): number {
    return (imul(hash, BASE) + byte + 1) | 0;
  }

  /** Hash of the vocabulary's bytes from `start` to `end`. */
  hash(start: number, end: number): number {
    let hash = 0;
    for (let i = start; i < end; i++) hash = this.extend(hash, this.vocabulary.bytes[i]!);
    return hash;
  }

  /** Hash of the last `length` bytes of a text, from the hashes of the text and of what comes before them. */
  withoutPrefix(whole: number, prefix: number, length: number): number {
    return (whole - imul(prefix, this.powers[length]!)) | 0;
  }

  /** Rank of the token with these bytes of the vocabulary, or -1. */
  find(start: number, end: number, hash: number): number {
    const { bytes, offsets } = this.vocabulary;
    for (let slot = slotOf(hash); ; slot = (slot + 1) & SLOT_MASK) {
      const rank = this.ranks[slot]!;
      if (rank === -1) return -1;
      if (this.hashes[slot] !== hash) continue;
      const from = offsets[rank]!;
      if (offsets[rank + 1]! - from !== end - start) continue;
      let same = 0;
      while (same < end - start && bytes[from + same] === bytes[start + same]) same++;
      if (same === end - start) return rank;
    }
  }
}

function slotOf(hash: number): number {
  const mixed = imul(hash, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) & SLOT_MASK;
}
