import { FILTER, NODES, NODE_SLOTS, PAIRS, PAIR_SLOTS, PARTS, RANKS } from "./layout";

const RANK_BITS: u32 = 18;
const RANK_MASK: u32 = RANKS - 1;
const USED: u32 = 1 << 31;

/** What two tokens that don't merge merge to: higher than every rank. */
export const NO_MERGE: u32 = 0x7fffffff;

/** Node after `node` for one more byte, or -1. A node is the rank of the token with these bytes, or a number from `size` on. */
export function child(node: i32, byte: u32): i32 {
  const key: u32 = ((<u32>node) << 8) + byte + 1;
  let slot = nodeSlotOf(key);
  while (true) {
    const found = load<u32>(NODES + 8 * slot);
    if (found == key) return load<i32>(NODES + 8 * slot, 4);
    if (found == 0) return -1;
    slot = (slot + 1) & (NODE_SLOTS - 1);
  }
}

export function addChild(node: i32, byte: u32, next: i32): void {
  const key: u32 = ((<u32>node) << 8) + byte + 1;
  let slot = nodeSlotOf(key);
  while (load<u32>(NODES + 8 * slot) != 0) slot = (slot + 1) & (NODE_SLOTS - 1);
  store<u32>(NODES + 8 * slot, key);
  store<i32>(NODES + 8 * slot, next, 4);
}

/**
 * Token that is made by merging `left` and `right`, or 0x7fffffff. Most pairs don't merge, and one bit of a small filter says so for
 * nine in ten of them.
 */
export function merged(left: u32, right: u32): u32 {
  const hash = hashOfPair(left, right);
  if (((load<u32>(FILTER + 4 * (hash >> 16)) >> ((hash >> 11) & 31)) & 1) == 0) return NO_MERGE;
  const word0 = left | (right << RANK_BITS);
  const high = (USED >> RANK_BITS) | (right >> 14);
  let slot = hash & (PAIR_SLOTS - 1);
  while (true) {
    const word1 = load<u32>(PAIRS + 8 * slot, 4);
    if (word1 == 0) return NO_MERGE;
    if (load<u32>(PAIRS + 8 * slot) == word0 && word1 >> RANK_BITS == high) return word1 & RANK_MASK;
    slot = (slot + 1) & (PAIR_SLOTS - 1);
  }
}

/** A pair is kept in two words: left and the low 14 bits of right; a mark, the high 4 bits of right and the merged rank. */
export function addMerge(left: u32, right: u32, token: u32): void {
  const hash = hashOfPair(left, right);
  const word = FILTER + 4 * (hash >> 16);
  store<u32>(word, load<u32>(word) | (1 << ((hash >> 11) & 31)));
  let slot = hash & (PAIR_SLOTS - 1);
  while (load<u32>(PAIRS + 8 * slot, 4) != 0) slot = (slot + 1) & (PAIR_SLOTS - 1);
  store<u32>(PAIRS + 8 * slot, left | (right << RANK_BITS));
  store<u32>(PAIRS + 8 * slot, USED | ((right >> 14) << RANK_BITS) | token, 4);
  store<u32>(PARTS + 8 * token, left);
  store<u32>(PARTS + 8 * token, right, 4);
}

/**
 * Whether `left` and `right` are the encoding of their bytes together: undoes merges on both sides of the seam, the latest first, and
 * looks whether an earlier merge would have joined what then meets there.
 */
export function isEncoding(left: u32, right: u32): bool {
  // Only a merge of lower rank than what was undone last would have come first.
  let limit: u32 = RANKS;
  while (true) {
    if (merged(left, right) < limit) return false;
    if (left > right) {
      limit = left;
      left = load<u32>(PARTS + 8 * left, 4);
      if (left == limit) {
        limit = right + 1;
        right = load<u32>(PARTS + 8 * right);
        if (right + 1 == limit) return true;
      }
    } else {
      limit = right + 1;
      right = load<u32>(PARTS + 8 * right);
      if (right + 1 == limit) {
        limit = left;
        left = load<u32>(PARTS + 8 * left, 4);
        if (left == limit) return true;
      }
    }
  }
}

/**
 * Children whose bytes differ in their last 3 bits alone begin in one line of the processor's cache: the characters of a script go on
 * by few bytes, and the way down the tree waits for memory at each step.
 */
function nodeSlotOf(key: u32): u32 {
  const child = key - 1;
  const mixed = (child >> 3) * 0x9e3779b1;
  return ((mixed ^ (mixed >> 15)) & (NODE_SLOTS / 8 - 1)) * 8 + (child & 7);
}

function hashOfPair(left: u32, right: u32): u32 {
  const mixed = (left * 0x9e3779b1) ^ (right * 0x85ebca6b);
  return (mixed ^ (mixed >> 15)) * 0x2c1b3c6d;
}
