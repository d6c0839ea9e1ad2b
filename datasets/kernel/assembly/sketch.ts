import { isCommon } from "./common-shingles";
import { BINS, SKETCH } from "./layout";

/** Minima that make up one band's key. */
const ROWS: u32 = 4;
const BAND_COUNT: u32 = 8;
const BIN_COUNT: u32 = ROWS * BAND_COUNT;
const EMPTY: u32 = 0xffffffff;
const FACTOR: u64 = 0x9e3779b97f4a7c15;

/** Hash of the whole example, piece by piece. */
let content: u64 = 0;
let previous: u64 = 0;
let piecesOfText: u32 = 0;
let shingles: u32 = 0;
let isRecording = false;

/** Gets the hash of every shingle while recording, and whether most examples share it. */
declare function shingle(hash: u32, common: bool): void;

/**
 * Starts the MinHash of an example's text. Its shingles are the pairs of neighbouring pieces (about words) of what user and assistant
 * say, without those that most examples share (common-shingles.ts): a template would make every example near to every other. By one permutation, the shingles' hashes are dealt into 32 bins, of each the least is kept (P. Li, A. Owen, C.-H. Zhang, "One
 * Permutation Hashing", 2012), and empty bins borrow from the next full one (A. Shrivastava, P. Li, 2014). Four bins make a band. Two
 * examples that share a band's key are candidates: with Jaccard similarity 0.9 some band of the eight agrees with probability 0.9998,
 * with 0.8 0.985, with 0.5 0.40, which similarity.ts then sorts out.
 */
export function startSketch(recording: bool): void {
  memory.fill(BINS, 0xff, 4 * BIN_COUNT);
  content = 0;
  shingles = 0;
  isRecording = recording;
  startText(0);
}

/** Starts a text of its own: shingles don't reach over its start. `label` says what it is (a role, a key). */
export function startText(label: i32): void {
  piecesOfText = 0;
  mixIn(<u64>(label + 1) * 0x51ed270b51ed270b);
}

/** Ends a text: one of a single piece is a shingle itself. */
export function endText(): void {
  if (piecesOfText == 1) add(<u32>(previous >> 32) * 0x9e3779b1);
}

/** Takes a piece into the hash of the whole and the shingles. */
export function sketchPiece(hash: u64): void {
  mixIn(hash);
  if (piecesOfText++ > 0) add(<u32>((hash ^ (previous * FACTOR)) >> 32));
  previous = hash;
}

/** Takes something that makes examples different, but is not compared for nearness: system text, names, weights. */
export function mixIn(hash: u64): void {
  content = (rotl(content, 23) ^ hash) * FACTOR;
}

/** Leaves the band keys, all zero for an example without text of its own, and the hash of the whole at SKETCH. */
export function endSketch(): void {
  memory.fill(SKETCH, 0, 4 * BAND_COUNT);
  store<u64>(SKETCH, content, 4 * BAND_COUNT);
  if (shingles == 0) return;
  for (let band: u32 = 0; band < BAND_COUNT; band++) {
    let key: u32 = 0x811c9dc5 + band;
    for (let row: u32 = 0; row < ROWS; row++) key = finalize(key ^ minimumOf(band * ROWS + row));
    store<u32>(SKETCH + 4 * band, key == 0 ? 1 : key);
  }
}

function minimumOf(bin: u32): u32 {
  let step: u32 = 0;
  while (load<u32>(BINS + 4 * ((bin + step) % BIN_COUNT)) == EMPTY) step++;
  return load<u32>(BINS + 4 * ((bin + step) % BIN_COUNT)) + step * 0x9e3779b1;
}

function add(raw: u32): void {
  const hash = finalize(raw);
  const common = isCommon(hash);
  if (isRecording) shingle(hash, common);
  if (common) return;
  const bin = BINS + 4 * (hash >> 27);
  const value = hash * 0x2c1b3c6d;
  store<u32>(bin, min(value, load<u32>(bin)));
  shingles++;
}

/** The finalizer of MurmurHash3. */
function finalize(hash: u32): u32 {
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return hash ^ (hash >> 16);
}
