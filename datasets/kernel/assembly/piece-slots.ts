import { LONG_BUCKETS, LONG_COUNTS, MIDDLE_BUCKETS, MIDDLE_COUNTS, SHORT_BUCKETS, SHORT_COUNTS } from "./layout";

/** Longest pieces, in bytes, of the three tables of layout.ts. Longer ones are encoded each time. */
export const SHORT_LENGTH: u32 = 15;
export const MIDDLE_LENGTH: u32 = 24;
export const LONG_LENGTH: u32 = 120;
const FACTOR: u64 = 0x9e3779b97f4a7c15;

/**
 * Hashes the piece of an entry (piece-batch.ts) and leaves in the entry what its lookup needs.
 *
 * @returns the bucket in which its count is kept, if it is.
 */
export function findBucket(entry: usize): usize {
  const start = startOf(entry);
  const length = lengthOf(entry);
  const bucket = length <= SHORT_LENGTH ? findShort(entry, start, length) : findLonger(entry, start, length);
  store<u32>(entry, <u32>bucket, 8);
  return bucket;
}

/** Without a branch that depends on the length: a processor can't predict the lengths of words. */
function findShort(entry: usize, start: usize, length: u32): usize {
  const first = load<u64>(start) & load<u64>(MASKS + 16 * length);
  const second = load<u64>(start, 8) & load<u64>(MASKS + 16 * length, 8);
  const half = mix(first ^ length);
  const hash = length > 8 ? mix(half ^ second) : half;
  store<u64>(entry, hash, 16);
  store<u64>(entry, first, 24);
  store<u64>(entry, second | ((<u64>length) << 56), 32);
  return SHORT_COUNTS + ((placeOf(hash) & (SHORT_BUCKETS - 1)) << 5);
}

function findLonger(entry: usize, start: usize, length: u32): usize {
  const last = lastWordOf(start, length);
  let hash: u64 = length;
  for (let at = start; at < last; at += 8) hash = mix(hash ^ load<u64>(at));
  const rest = length - <u32>(last - start);
  const tail = load<u64>(last) & load<u64>(MASKS + 16 * rest);
  hash = mix(hash ^ tail);
  store<u64>(entry, hash, 16);
  store<u64>(entry, tail, 24);
  return length <= MIDDLE_LENGTH
    ? MIDDLE_COUNTS + ((placeOf(hash) & (MIDDLE_BUCKETS - 1)) << 6)
    : LONG_COUNTS + ((placeOf(hash) & (LONG_BUCKETS - 1)) << 8);
}

export function startOf(entry: usize): usize {
  return load<u32>(entry);
}

export function lengthOf(entry: usize): u32 {
  return load<u32>(entry, 4) - load<u32>(entry);
}

export function bucketOf(entry: usize): usize {
  return load<u32>(entry, 8);
}

/** Hash of the bytes of a piece and of its length. */
export function hashOf(entry: usize): u64 {
  return load<u64>(entry, 16);
}

/** First 8 bytes of a short piece, padded with zeros; of a longer one the last 1 to 8. */
export function wordOf(entry: usize): u64 {
  return load<u64>(entry, 24);
}

/** Of a short piece: the bytes from the ninth on, padded with zeros, and its length as the eighth byte. */
export function keyOf(entry: usize): u64 {
  return load<u64>(entry, 32);
}

/** Where the last 1 to 8 bytes of a piece begin, if words of 8 bytes are taken from its start on. */
export function lastWordOf(start: usize, length: u32): usize {
  return start + ((length - 1) & ~7);
}

/** The upper bits, which depend on all bytes: lower bits are the same for words of 8 bytes that differ in the last two. */
function placeOf(hash: u64): u32 {
  return <u32>(hash >> 44);
}

/** For lengths from 0 to 15, 16 bytes each: as many bytes 0xff. */
const MASKS: usize = memory.data(256);
for (let length: u32 = 0; length < 16; length++) memory.fill(MASKS + 16 * length, 0xff, length);

function mix(value: u64): u64 {
  const mixed = value * FACTOR;
  return mixed ^ (mixed >> 32);
}
