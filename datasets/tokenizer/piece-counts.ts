/** Taken from the global once: looking it up at each use is slow in some environments. */
const { imul } = Math;

/** Longer pieces are rarely seen twice, and are encoded each time. */
const MAX_LENGTH = 28;
/** Two slots make a bucket, of the size of a cache line. */
const BUCKETS = 1 << 16;
const BUCKET_WORDS = 16;
/** Words of a slot: `length << 8 | count` (0 for an empty slot), then the bytes, padded with zeros. */
const SLOT_WORDS = 8;
/** What is valid of the last word of a piece, by the length modulo 4. */
const lastWordMasks = Int32Array.of(-1, 0xff, 0xffff, 0xffffff);

/**
 * Token counts of pieces seen before: a cache of 2 MB with two slots per hash. A newcomer takes the second slot and moves to the first
 * when it is seen again, so that pieces which come once never drive out those which come always. A hit is a comparison of all bytes.
 */
export class PieceCounts {
  /** Two independent hashes of the piece that `find` was asked for last. */
  hash = 0;
  secondHash = 0;
  private readonly slots = new Int32Array(BUCKETS * BUCKET_WORDS);
  private view: DataView = new DataView(new ArrayBuffer(0));
  private source: ArrayBufferLike = this.view.buffer;
  private base = 0;

  /** Says in which bytes `find` and `add` are to look. */
  use(bytes: Uint8Array): void {
    this.base = bytes.byteOffset;
    if (bytes.buffer === this.source) return;
    this.source = bytes.buffer;
    this.view = new DataView(bytes.buffer);
  }

  /** Count of the piece from `start` to `end`, or 0 when it is not known. */
  find(start: number, end: number): number {
    const at = this.base + start;
    return end - start <= 8 && at + 8 <= this.view.byteLength
      ? this.findShort(at, end - start)
      : this.findAny(start, end);
  }

  /** The same as `findAny` for the one or two words that most pieces have, without loops. */
  private findShort(at: number, length: number): number {
    const { slots, view } = this;
    const first = view.getInt32(at, true) & (length < 4 ? lastWordMasks[length]! : -1);
    let hash = imul(length ^ first, 0x9e3779b1);
    hash ^= hash >>> 15;
    let second = first;
    let word = 0;
    if (length > 4) {
      word = view.getInt32(at + 4, true) & lastWordMasks[length & 3]!;
      hash = imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
      second = (imul(first ^ (first >>> 13), 0x01000193) + word) | 0;
    }
    this.hash = hash;
    this.secondHash = second;
    const slot = (hash & (BUCKETS - 1)) * BUCKET_WORDS;
    const entry = slots[slot]!;
    if (entry >>> 8 === length && slots[slot + 1] === first && (length <= 4 || slots[slot + 2] === word))
      return entry & 255;
    const next = slots[slot + SLOT_WORDS]!;
    if (next >>> 8 !== length || slots[slot + SLOT_WORDS + 1] !== first) return 0;
    if (length > 4 && slots[slot + SLOT_WORDS + 2] !== word) return 0;
    this.promote(slot);
    return next & 255;
  }

  private findAny(start: number, end: number): number {
    const { slots } = this;
    const length = end - start;
    const words = (length + 3) >> 2;
    let hash = length;
    let second = 0;
    for (let i = 0; i < words; i++) {
      const word = this.word(start, i, words, length);
      hash = imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
      second = (imul(second ^ (second >>> 13), 0x01000193) + word) | 0;
    }
    this.hash = hash;
    this.secondHash = second;
    if (length > MAX_LENGTH) return 0;
    const bucket = (hash & (BUCKETS - 1)) * BUCKET_WORDS;
    if (this.holds(bucket, start, words, length)) return slots[bucket]! & 255;
    if (!this.holds(bucket + SLOT_WORDS, start, words, length)) return 0;
    this.promote(bucket);
    return slots[bucket]! & 255;
  }

  /** Keeps the count of the piece for which `find` has just returned 0. */
  add(start: number, end: number, count: number): void {
    const length = end - start;
    if (length > MAX_LENGTH) return;
    const words = (length + 3) >> 2;
    const slot = (this.hash & (BUCKETS - 1)) * BUCKET_WORDS + SLOT_WORDS;
    this.slots[slot] = (length << 8) | count;
    for (let i = 0; i < words; i++) this.slots[slot + 1 + i] = this.word(start, i, words, length);
  }

  /** Changes the two slots of a bucket. */
  private promote(bucket: number): void {
    const { slots } = this;
    for (let i = bucket; i < bucket + SLOT_WORDS; i++) {
      const word = slots[i]!;
      slots[i] = slots[i + SLOT_WORDS]!;
      slots[i + SLOT_WORDS] = word;
    }
  }

  private holds(slot: number, start: number, words: number, length: number): boolean {
    const { slots } = this;
    if (slots[slot]! >>> 8 !== length) return false;
    for (let i = 0; i < words; i++) if (slots[slot + 1 + i] !== this.word(start, i, words, length)) return false;
    return true;
  }

  /** Word `index` of the `words` of the piece at `start`; behind its end are zeros. */
  private word(start: number, index: number, words: number, length: number): number {
    const { view } = this;
    const at = this.base + start + 4 * index;
    const mask = index === words - 1 ? lastWordMasks[length & 3]! : -1;
    if (at + 4 <= view.byteLength) return view.getInt32(at, true) & mask;
    let word = 0;
    for (let i = 0; at + i < view.byteLength; i++) word |= view.getUint8(at + i) << (8 * i);
    return word & mask;
  }
}
