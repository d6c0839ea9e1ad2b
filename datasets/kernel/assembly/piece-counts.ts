import { encodePiece } from "./encode";
import { LONG_BUCKETS, LONG_COUNTS, MIDDLE_BUCKETS, MIDDLE_COUNTS, SHORT_BUCKETS, SHORT_COUNTS } from "./layout";

/** Bytes that a slot of the middle table holds, besides its first 8. */
const MIDDLE_LENGTH: u32 = 24;
/** Longer pieces are encoded each time. */
const MAX_LENGTH: u32 = 120;
const FACTOR: u64 = 0x9e3779b97f4a7c15;

/** Hash of the piece that was counted last: of its bytes and its length. */
export let pieceHash: u64 = 0;

/**
 * Tokens of a piece, from a cache of pieces seen before, with two slots per hash. A newcomer takes the second slot and moves to the
 * first when it is seen again, so that pieces which come once never drive out those which come always. A hit is a comparison of all
 * bytes.
 */
export function countPiece(start: usize, end: usize): u32 {
  return end - start <= 8 ? countShort(start, end) : countLong(start, end);
}

/** A slot holds the bytes, padded with zeros, and `length << 8 | count`. */
function countShort(start: usize, end: usize): u32 {
  const length = <u32>(end - start);
  const bytes = lastWord(start, length);
  const hash = mix(bytes ^ length);
  pieceHash = hash;
  const slot = SHORT_COUNTS + (((<u32>(hash >> 32)) & (SHORT_BUCKETS - 1)) << 5);
  const entry = load<u32>(slot, 8);
  if (load<u64>(slot) == bytes && entry >> 8 == length) return entry & 255;
  const next = load<u32>(slot, 24);
  if (load<u64>(slot, 16) == bytes && next >> 8 == length) {
    v128.store(slot, v128.load(slot), 16);
    store<u64>(slot, bytes);
    store<u32>(slot, next, 8);
    return next & 255;
  }
  const count = encodePiece(start, end);
  store<u64>(slot, bytes, 16);
  store<u32>(slot, (length << 8) | count, 24);
  return count;
}

/** A slot holds `length << 8 | count` in 8 bytes, then the bytes, padded with zeros. */
function countLong(start: usize, end: usize): u32 {
  const length = <u32>(end - start);
  const last = end - (((length - 1) & 7) + 1);
  let hash: u64 = length;
  for (let at = start; at < last; at += 8) hash = mix(hash ^ load<u64>(at));
  const tail = lastWord(last, <u32>(end - last));
  hash = mix(hash ^ tail);
  pieceHash = hash;
  if (length > MAX_LENGTH) return encodePiece(start, end);
  const place = <u32>(hash >> 32);
  return length <= MIDDLE_LENGTH
    ? countIn(MIDDLE_COUNTS + ((place & (MIDDLE_BUCKETS - 1)) << 6), 32, start, last, length, tail)
    : countIn(LONG_COUNTS + ((place & (LONG_BUCKETS - 1)) << 8), 128, start, last, length, tail);
}

/** Looks a piece up in the bucket whose slots have `size` bytes; its last word begins at `last`. */
function countIn(slot: usize, size: usize, start: usize, last: usize, length: u32, tail: u64): u32 {
  if (holds(slot, start, last, length, tail)) return load<u32>(slot) & 255;
  const second = slot + size;
  if (holds(second, start, last, length, tail)) {
    exchange(slot, second);
    return load<u32>(slot) & 255;
  }
  const count = encodePiece(start, last + ((length - 1) & 7) + 1);
  store<u32>(second, (length << 8) | count);
  memory.copy(second + 8, start, last - start);
  store<u64>(second + 8 + (last - start), tail);
  return count;
}

function holds(slot: usize, start: usize, last: usize, length: u32, tail: u64): bool {
  if (load<u32>(slot) >> 8 != length) return false;
  const offset = slot + 8 - start;
  for (let at = start; at < last; at += 8) if (load<u64>(at) != load<u64>(at + offset)) return false;
  return load<u64>(last + offset) == tail;
}

/** Changes two slots that lie side by side. */
function exchange(slot: usize, second: usize): void {
  const size = second - slot;
  for (let at = slot; at < second; at += 16) {
    const first = v128.load(at);
    v128.store(at, v128.load(at + size));
    v128.store(at + size, first);
  }
}

/** Up to 8 bytes as a number; what lies behind them is cut off. */
function lastWord(at: usize, length: u32): u64 {
  return load<u64>(at) & ((<u64>-1) >> (64 - 8 * length));
}

function mix(value: u64): u64 {
  const mixed = value * FACTOR;
  return mixed ^ (mixed >> 32);
}
