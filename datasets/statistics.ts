import type { TokenStatistics } from "./report";

/** How many examples have so many tokens: bins of one width, the first from `min`, the last up to `max`. */
export interface Histogram {
  min: number;
  max: number;
  counts: number[];
}

const BINS = 24;

/** Histogram of token counts in ascending order. */
export function histogramOf(values: Uint32Array): Histogram {
  const min = values[0] ?? 0;
  const max = values[values.length - 1] ?? 0;
  const counts = new Array<number>(Math.min(BINS, max - min + 1)).fill(0);
  const width = (max - min + 1) / counts.length;
  for (const value of values) counts[Math.floor((value - min) / width)]!++;
  return { min, max, counts };
}

/** Statistics of token counts in ascending order. */
export function statisticsOf(values: Uint32Array): TokenStatistics {
  if (values.length === 0) return { sum: 0, min: 0, max: 0, mean: 0, median: 0, p5: 0, p10: 0, p90: 0, p95: 0 };
  let sum = 0;
  for (const value of values) sum += value;
  return {
    sum,
    min: values[0]!,
    max: values[values.length - 1]!,
    mean: sum / values.length,
    median: quantile(values, 0.5),
    p5: quantile(values, 0.05),
    p10: quantile(values, 0.1),
    p90: quantile(values, 0.9),
    p95: quantile(values, 0.95),
  };
}

/**
 * numpy's default method, "linear": between the two neighbours of position (n - 1) * q. The two formulas are those of numpy's `_lerp`,
 * so that the last bit agrees too.
 */
function quantile(sorted: Uint32Array, q: number): number {
  const position = (sorted.length - 1) * q;
  const index = Math.floor(position);
  const low = sorted[index]!;
  const high = sorted[Math.min(index + 1, sorted.length - 1)]!;
  const t = position - index;
  return t >= 0.5 ? high - (high - low) * (1 - t) : low + (high - low) * t;
}
