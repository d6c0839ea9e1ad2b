import type uPlot from "uplot";
import type { Curve, CurveData } from "./curve-data";
import { colour } from "./theme-values";

const own: Record<Curve["kind"], string> = {
  training: "--curve-training",
  batch: "--curve-batch",
  validation: "--curve-validation",
};
const others = ["--other-1", "--other-2", "--other-3", "--other-4"];
/** Of the fifth job on the colours come again, with other dashes. */
const dashes = [
  [6, 4],
  [2, 3],
];

/** The colour that the page's theme gives a curve: one per compared job. */
export function curveColour({ kind, other }: Pick<Curve, "kind" | "other">): string {
  return colour(other === undefined ? own[kind] : others[other % others.length]!);
}

/** Dashes of a curve in CSS pixels: those of the compared jobs. */
export function curveDash({ kind, other }: Pick<Curve, "kind" | "other">): number[] | undefined {
  if (other === undefined || kind === "validation") return undefined;
  return dashes[Math.floor(other / others.length) % dashes.length];
}

/** The rows that uPlot draws: the steps, then each curve, behind its moving average where it has one. */
export function alignedData({ steps, curves }: CurveData, logarithmic: boolean): uPlot.AlignedData {
  const rows = curves.flatMap(({ values, smoothed }) => (smoothed ? [values, smoothed] : [values]));
  // A logarithm has no place for 0.
  const drawable = (value: number | null) => (value !== null && value > 0 ? value : null);
  return [steps, ...(logarithmic ? rows.map((row) => row.map(drawable)) : rows)] as uPlot.AlignedData;
}

/** How uPlot draws the rows of `alignedData`, the steps left out. */
export function seriesOf({ curves }: CurveData): uPlot.Series[] {
  return curves.flatMap((curve) => {
    const line = series(curve);
    if (!curve.smoothed) return [line];
    return [
      { ...line, alpha: 0.3, width: 1, dash: undefined },
      { ...line, label: `${curve.label}, smoothed` },
    ];
  });
}

function series(curve: Curve): uPlot.Series {
  const stroke = curveColour(curve);
  // Figures over the whole validation file come once per epoch: points, joined over the gaps.
  const points =
    curve.kind === "validation"
      ? { show: true, size: curve.other === undefined ? 9 : 7, fill: stroke }
      : { show: false };
  const width = curve.other === undefined && curve.kind !== "batch" ? 2 : 1.5;
  return { label: curve.label, stroke, width, dash: curveDash(curve), spanGaps: true, points };
}
