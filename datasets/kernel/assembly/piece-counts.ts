import { encodePiece } from "./encode";
import {
  bucketOf,
  keyOf,
  lastWordOf,
  lengthOf,
  LONG_LENGTH,
  MIDDLE_LENGTH,
  SHORT_LENGTH,
  startOf,
  wordOf,
} from "./piece-slots";

/**
 * Tokens of the piece of an entry (piece-batch.ts), from a cache of pieces seen before, with two slots per hash. A newcomer takes the
 * second slot and moves to the first when it is seen again, so that pieces which come once never drive out those which come always. A hit
 * is a comparison of all bytes.
 */
export function countPiece(entry: usize): u32 {
  const length = lengthOf(entry);
  if (length > SHORT_LENGTH) return countLonger(entry, length);
  const bucket = bucketOf(entry);
  const known = load<u64>(bucket, 8);
  return isShort(bucket, known, entry) ? countIn(known) : countSecond(entry, bucket);
}

/** A short slot holds 15 bytes, padded with zeros, and in one more the length and, in the upper half, the count. */
function isShort(slot: usize, known: u64, entry: usize): bool {
  return (known ^ keyOf(entry)) << 4 == 0 && load<u64>(slot) == wordOf(entry);
}

function countIn(known: u64): u32 {
  return <u32>(known >> 60);
}

function countSecond(entry: usize, bucket: usize): u32 {
  const second = bucket + 16;
  const known = load<u64>(second, 8);
  if (isShort(second, known, entry)) {
    exchange(bucket, second);
    return countIn(known);
  }
  const start = startOf(entry);
  const count = encodePiece(start, start + lengthOf(entry));
  store<u64>(second, wordOf(entry));
  store<u64>(second, keyOf(entry) | ((<u64>count) << 60), 8);
  return count;
}

/** A longer slot holds `length << 8 | count` in 8 bytes, then the bytes, padded with zeros. */
function countLonger(entry: usize, length: u32): u32 {
  const start = startOf(entry);
  if (length > LONG_LENGTH) return encodePiece(start, start + length);
  const last = lastWordOf(start, length);
  const tail = wordOf(entry);
  const bucket = bucketOf(entry);
  if (holds(bucket, start, last, length, tail)) return load<u32>(bucket) & 255;
  const second = bucket + (length <= MIDDLE_LENGTH ? 32 : 128);
  if (holds(second, start, last, length, tail)) {
    exchange(bucket, second);
    return load<u32>(bucket) & 255;
  }
  const count = encodePiece(start, start + length);
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
