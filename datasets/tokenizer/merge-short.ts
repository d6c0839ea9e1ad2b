import type { BytePairTable } from "./byte-pair-table";

/** Longest piece, in bytes, that `mergeShort` takes: beyond it the encoder of byte-pair-encoder.ts is faster. */
export const SHORT = 20;

const NO_MERGE = 0x7fffffff;
const merges = new Int32Array(SHORT + 1);

/**
 * Byte pair encoding as it is defined: the neighbouring pair of lowest merged rank (the leftmost of equals) is merged until none is
 * left. Its time grows with the square of the length, so it is for short pieces.
 *
 * @returns the number of tokens; their ranks are left in `ranks`.
 */
export function mergeShort(
  table: BytePairTable,
  bytes: Uint8Array,
  start: number,
  end: number,
  ranks: Int32Array,
): number {
  const { oneByte, twoBytes, size } = table;
  let count = end - start;
  let lowest = NO_MERGE;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const byte = bytes[start + i]!;
    ranks[i] = oneByte[byte]!;
    merges[i] = NO_MERGE;
    if (i + 1 === count) break;
    const node = twoBytes[byte * 256 + bytes[start + i + 1]!]!;
    if (node < 0 || node >= size) continue;
    merges[i] = node;
    if (node < lowest) {
      lowest = node;
      at = i;
    }
  }
  while (lowest !== NO_MERGE) {
    const place = at;
    const merged = lowest;
    count--;
    ranks[place] = merged;
    if (place > 0) merges[place - 1] = table.merged(ranks[place - 1]!, merged);
    merges[place] = place + 1 < count ? table.merged(merged, ranks[place + 2]!) : NO_MERGE;
    lowest = NO_MERGE;
    for (let i = 0; i <= place; i++) {
      if (merges[i]! < lowest) {
        lowest = merges[i]!;
        at = i;
      }
    }
    for (let i = place + 1; i < count; i++) {
      const next = merges[i + 1]!;
      ranks[i] = ranks[i + 1]!;
      merges[i] = next;
      if (next < lowest) {
        lowest = next;
        at = i;
      }
    }
  }
  return count;
}
