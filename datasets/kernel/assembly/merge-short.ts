import { NO_MERGE, merged } from "./byte-pairs";
import { ONE_BYTE, SHORT_MERGES, SHORT_RANKS, SIZE, TWO_BYTES } from "./layout";

/** Longest piece, in bytes, that `mergeShort` takes: beyond it the encoder of encode.ts is faster. */
export const SHORT: u32 = 20;

/**
 * Byte pair encoding as it is defined: the neighbouring pair of lowest merged rank (the leftmost of equals) is merged until none is
 * left. Its time grows with the square of the length, so it is for short pieces.
 *
 * @returns the number of tokens; their ranks are left at SHORT_RANKS.
 */
export function mergeShort(start: usize, end: usize): u32 {
  const size = load<u32>(SIZE);
  let count = <u32>(end - start);
  let lowest = NO_MERGE;
  let at: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const byte = <u32>load<u8>(start + i);
    setRank(i, load<u32>(ONE_BYTE + 4 * byte));
    setMerge(i, NO_MERGE);
    if (i + 1 == count) break;
    const node = load<u32>(TWO_BYTES + 4 * (byte * 256 + load<u8>(start + i, 1)));
    if (node >= size) continue;
    setMerge(i, node);
    if (node < lowest) {
      lowest = node;
      at = i;
    }
  }
  while (lowest != NO_MERGE) {
    const place = at;
    const token = lowest;
    count--;
    setRank(place, token);
    if (place > 0) setMerge(place - 1, merged(rankAt(place - 1), token));
    setMerge(place, place + 1 < count ? merged(token, rankAt(place + 2)) : NO_MERGE);
    lowest = NO_MERGE;
    for (let i: u32 = 0; i <= place; i++) {
      const merge = load<u32>(SHORT_MERGES + 4 * i);
      if (merge < lowest) {
        lowest = merge;
        at = i;
      }
    }
    for (let i: u32 = place + 1; i < count; i++) {
      const next = load<u32>(SHORT_MERGES + 4 * i, 4);
      setRank(i, rankAt(i + 1));
      setMerge(i, next);
      if (next < lowest) {
        lowest = next;
        at = i;
      }
    }
  }
  return count;
}

function rankAt(i: u32): u32 {
  return load<u32>(SHORT_RANKS + 4 * i);
}

function setRank(i: u32, rank: u32): void {
  store<u32>(SHORT_RANKS + 4 * i, rank);
}

function setMerge(i: u32, rank: u32): void {
  store<u32>(SHORT_MERGES + 4 * i, rank);
}
