import type { TokenStatistics } from "./report";

/** How many examples have so many tokens: bins of one width, the first from `min`, the last up to `max`. */
export interface Histogram {
  min: number;
  max: number;
  counts: number[];
}

const BINS = 24;

/** How often each number of tokens occurs: far fewer entries than examples, so that millions need no sorting in one go. */
export class TokenCounts {
  private readonly occurrences = new Map<number, number>();

  add(tokens: number): void {
    this.occurrences.set(tokens, (this.occurrences.get(tokens) ?? 0) + 1);
  }

  /** The numbers that occur, each with how often, in ascending order. */
  ascending(): [tokens: number, count: number][] {
    return [...this.occurrences].sort(([a], [b]) => a - b);
  }
}

/** Histogram of token counts. */
export function histogramOf(tokens: TokenCounts): Histogram {
  const ascending = tokens.ascending();
  const min = ascending[0]?.[0] ?? 0;
  const max = ascending.at(-1)?.[0] ?? 0;
  const counts = new Array<number>(Math.min(BINS, max - min + 1)).fill(0);
  const width = (max - min + 1) / counts.length;
  for (const [value, count] of ascending) counts[Math.floor((value - min) / width)]! += count;
  return { min, max, counts };
}

/** Statistics of token counts. */
export function statisticsOf(tokens: TokenCounts): TokenStatistics {
  const ascending = tokens.ascending();
  if (ascending.length === 0) return { sum: 0, min: 0, max: 0, mean: 0, median: 0, p5: 0, p10: 0, p90: 0, p95: 0 };
  let sum = 0;
  let size = 0;
  for (const [value, count] of ascending) {
    sum += value * count;
    size += count;
  }
  const quantile = (q: number) => quantileOf(ascending, size, q);
  return {
    sum,
    min: ascending[0]![0],
    max: ascending.at(-1)![0],
    mean: sum / size,
    median: quantile(0.5),
    p5: quantile(0.05),
    p10: quantile(0.1),
    p90: quantile(0.9),
    p95: quantile(0.95),
  };
}

/**
 * numpy's default method, "linear": between the two neighbours of position (n - 1) * q. The two formulas are those of numpy's `_lerp`,
 * so that the last bit agrees too.
 */
function quantileOf(ascending: [tokens: number, count: number][], size: number, q: number): number {
  const position = (size - 1) * q;
  const index = Math.floor(position);
  const low = valueAt(ascending, index);
  const high = valueAt(ascending, Math.min(index + 1, size - 1));
  const t = position - index;
  return t >= 0.5 ? high - (high - low) * (1 - t) : low + (high - low) * t;
}

/** The value at `index` when each is written as often as it occurs. */
function valueAt(ascending: [tokens: number, count: number][], index: number): number {
  let before = 0;
  for (const [value, count] of ascending) {
    before += count;
    if (index < before) return value;
  }
  throw new RangeError(`There is no value ${index}.`);
}
