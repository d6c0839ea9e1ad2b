/** How often each run of `size` tokens occurs. */
export function countNgrams(tokens: readonly string[], size: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + size <= tokens.length; at++) {
    // No token holds a space.
    const ngram = tokens.slice(at, at + size).join(" ");
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

/** How many are in both, each as often as in the one that has fewer. */
export function shared(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [ngram, count] of one) sum += Math.min(count, other.get(ngram) ?? 0);
  return sum;
}
