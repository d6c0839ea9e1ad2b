import { outcomeOf } from "../../../evaluation/statistics/difference";

/** Bars of the distribution of differences: as many below 0 as above, and one in the middle for those that are about the same. */
export interface DifferenceBins {
  /** Width of a bar, and so the middle one's: from `-width / 2` to `width / 2`. */
  width: number;
  /** Middles of the bars, in ascending order. */
  middles: number[];
  counts: number[];
}

/** Bars on each side at most. */
const SIDE = 12;

/** @param differences - of paired scores */
export function differenceBins(differences: readonly number[]): DifferenceBins {
  const reach = Math.max(0, ...differences.map(Math.abs));
  const width = outcomeOf(reach) === "tie" ? 0.1 : niceAbove(reach / SIDE);
  // A difference at the very end of the last bar belongs to it, whatever the arithmetic rounds to.
  const side = Math.max(1, Math.ceil(reach / width - 0.5 - 1e-9));
  const middles = Array.from({ length: 2 * side + 1 }, (_, index) => (index - side) * width);
  const counts = middles.map(() => 0);
  for (const difference of differences) {
    const bar = Math.round(difference / width) + side;
    counts[Math.min(Math.max(bar, 0), 2 * side)]! += 1;
  }
  return { width, middles, counts };
}

/** The next of 1, 2 and 5 times a power of ten. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const found = [1, 2, 5, 10].find((step) => step * power >= value * (1 - 1e-9))!;
  return Number((found * power).toPrecision(1));
}
