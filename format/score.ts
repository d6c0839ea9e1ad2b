/** A score as people compare it: `0.812`. */
export function score(value: number): string {
  return value.toFixed(3);
}

/** A difference of scores: `+0.112`, `-0.010`, `0.000`. */
export function signedScore(value: number): string {
  const shown = score(value);
  if (Number(shown) === 0) return score(0);
  return value > 0 ? `+${shown}` : shown;
}

/** Both ends of an interval: `0.750 to 0.870`. */
export function interval({ low, high }: { low: number; high: number }, show = score): string {
  return `${show(low)} to ${show(high)}`;
}

/** `5.0%` */
export function share(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}
