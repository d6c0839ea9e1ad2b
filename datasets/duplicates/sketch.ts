import type { PieceListener } from "../tokenizer/tokenizer";

/** Taken from the global once: looking it up at each use is slow in some environments. */
const { imul } = Math;

/** Band keys per example: 32 bytes each row. */
export const BANDS = 8;
/** Minima that make up one band's key. */
const ROWS = 4;
const BINS = BANDS * ROWS;
const EMPTY = 0xffffffff;

/**
 * MinHash of an example's text. Its shingles are the pairs of neighbouring pieces (about words) of what user and assistant say. By one
 * permutation, the shingles' hashes are dealt into 32 bins, of each the least is kept (P. Li,
 * A. Owen, C.-H. Zhang, "One Permutation Hashing", 2012), and empty bins borrow from the next full one (A. Shrivastava, P. Li, 2014).
 * Four bins make a band. Two examples that share a band's key are candidates: with Jaccard similarity 0.9 some band of the eight
 * agrees with probability 0.9998, with 0.8 0.985, with 0.5 0.40, which similarity.ts then sorts out.
 */
export class Sketch implements PieceListener {
  private readonly bins = new Uint32Array(BINS);
  private readonly borrowed = new Uint32Array(BINS);
  private previous = 0;
  private seen = 0;
  /** Hash of the whole text, piece by piece, in two halves. */
  low = 0;
  high = 0;
  /** Shingles so far. */
  shingles = 0;
  private listener: ((shingle: number) => void) | undefined;

  /** Starts an example. `onShingle` gets every shingle's hash. */
  start(onShingle?: (shingle: number) => void): void {
    this.bins.fill(EMPTY);
    this.low = this.high = this.shingles = 0;
    this.listener = onShingle;
    this.startText(0);
  }

  /** Starts a text of its own: shingles don't reach over its start. `label` says what it is (a role, a key). */
  startText(label: number): void {
    this.seen = 0;
    this.mixIn(label + 1, 0x51ed270b);
  }

  /** Ends a text: one of a single piece is a shingle itself. */
  endText(): void {
    if (this.seen === 1) this.add(imul(this.previous, 0x9e3779b1));
  }

  /** Takes a piece into the hash of the whole and the shingles. */
  piece(hash: number, secondHash: number): void {
    this.mixIn(hash, secondHash);
    this.seen++;
    if (this.seen > 1) this.add(hash ^ imul(this.previous ^ (this.previous >>> 13), 0x85ebca6b));
    this.previous = hash;
  }

  /** Takes something that makes examples different, but is not compared for nearness: system text, names, weights. */
  mixIn(hash: number, secondHash: number): void {
    this.low = imul(this.low ^ hash, 0x9e3779b1) ^ (this.low >>> 15);
    this.high = (imul(this.high ^ (this.high >>> 17), 0x01000193) + secondHash + hash) | 0;
  }

  /** Writes the band keys to `keys`, from `offset`; all zero for an example without text. */
  writeBands(keys: Uint32Array, offset: number): void {
    const { bins, borrowed } = this;
    keys.fill(0, offset, offset + BANDS);
    if (this.shingles === 0) return;
    for (let bin = 0; bin < BINS; bin++) {
      let step = 0;
      while (bins[(bin + step) % BINS] === EMPTY) step++;
      borrowed[bin] = (bins[(bin + step) % BINS]! + imul(step, 0x9e3779b1)) >>> 0;
    }
    for (let band = 0; band < BANDS; band++) {
      let key = 0x811c9dc5 + band;
      for (let row = 0; row < ROWS; row++) key = mix(key ^ borrowed[band * ROWS + row]!);
      keys[offset + band] = key === 0 ? 1 : key;
    }
  }

  private add(raw: number): void {
    const hash = mix(raw);
    const bin = hash >>> 27;
    const value = imul(hash, 0x2c1b3c6d) >>> 0;
    if (value < this.bins[bin]!) this.bins[bin] = value;
    this.shingles++;
    this.listener?.(hash);
  }
}

/** The finalizer of MurmurHash3. */
function mix(hash: number): number {
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
