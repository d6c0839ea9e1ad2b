import { codePoints, Pattern } from "./pattern";

/** rapidfuzz's `fuzz.ratio`, 0 to 1: 1 - (insertions + deletions) / (characters of both). */
export function ratio(one: string, other: string): number {
  const [a, b] = [codePoints(one), codePoints(other)];
  return similarity(a.length, b.length, new Pattern(a).lcs(b));
}

/** rapidfuzz's `fuzz.partial_ratio`, 0 to 1: the best `ratio` of the shorter text with a part of the longer one that is no longer than it. */
export function partialRatio(one: string, other: string): number {
  const [a, b] = [codePoints(one), codePoints(other)];
  if (a.length === 0 && b.length === 0) return 1;
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  const best = bestWindow(shorter, longer);
  return a.length === b.length ? Math.max(best, bestWindow(longer, shorter)) : best;
}

function bestWindow(needle: Uint32Array, text: Uint32Array): number {
  const size = needle.length;
  if (size === 0) return 0;
  let best = 0;
  const note = (lcs: number, characters: number) => {
    best = Math.max(best, similarity(size, characters, lcs));
  };
  // Every shorter part at the start, and every one at the end, in one pass each.
  new Pattern(needle).lcs(text, 0, Math.min(size, text.length), note);
  new Pattern(needle.toReversed()).lcs(text.toReversed(), 0, Math.min(size, text.length), note);
  const pattern = new Pattern(needle);
  let most = 0;
  for (let start = 0; start + size <= text.length;) {
    const lcs = pattern.lcs(text, start, start + size);
    note(lcs, size);
    most = Math.max(most, lcs);
    // One step to the right gains one common character at most, so the parts up to the next one that could be better are left out.
    start += Math.max(1, most - lcs + 1);
  }
  return best;
}

function similarity(one: number, other: number, lcs: number): number {
  return one + other === 0 ? 1 : 1 - (one + other - 2 * lcs) / (one + other);
}
