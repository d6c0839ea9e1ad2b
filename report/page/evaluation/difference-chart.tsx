import { useEffect, useMemo, useRef } from "preact/hooks";
import "../language"; // before uPlot is loaded
import uPlot from "uplot";
import type { Comparison } from "../../../evaluation/statistics/compare";
import { interval, signedScore } from "../../../format/score";
import { chartAxis } from "../chart-options";
import { count } from "../format";
import { mountPlot } from "../mount-plot";
import { themeChanges } from "../theme";
import { colour } from "../theme-values";
import { type DifferenceBins, differenceBins } from "./difference-bins";
import type { ComparedCase } from "./list-cases";

export interface DifferenceChartProps {
  cases: ComparedCase[];
  comparison: Comparison;
  candidate: string;
}

/** In CSS pixels. */
const height = 220;

/** How many cases the candidate answers how much better or worse; behind the bars the mean with its interval. */
export function DifferenceChart({ cases, comparison, candidate }: DifferenceChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const bins = useMemo(() => differenceBins(cases.map(({ difference }) => difference)), [cases]);
  const theme = themeChanges.value;
  useEffect(() => {
    const element = place.current!;
    return mountPlot(element, options(element.clientWidth, bins, comparison), barsOf(bins)).unmount;
  }, [bins, comparison, theme]);
  const { against, wins, ties, losses, difference } = comparison;
  const spoken = `Differences between ${candidate} and ${against}: ${count(wins)} better, ${count(ties)} the same, ${count(losses)} worse; mean ${signedScore(difference.mean)}, 95% interval ${interval(difference, signedScore)}.`;
  return (
    <figure class="stack">
      <figcaption class="visually-hidden">Distribution of the differences</figcaption>
      <div ref={place} class="differences" role="img" aria-label={spoken} />
      <p class="muted small">
        Score of {candidate} minus score of {against}, case by case. Middle bar: about the same (within{" "}
        {Number((bins.width / 2).toPrecision(6))}). Line: mean; shade behind the bars: its 95% interval.
      </p>
    </figure>
  );
}

/** Losses, about the same, gains: each in a series of its own, for its colour. */
function barsOf({ middles, counts }: DifferenceBins): uPlot.AlignedData {
  const only = (holds: (middle: number) => boolean) =>
    middles.map((middle, bar) => (holds(middle) ? counts[bar]! : null));
  return [middles, only((middle) => middle < 0), only((middle) => middle === 0), only((middle) => middle > 0)];
}

function options(
  width: number,
  { middles, counts, width: bar }: DifferenceBins,
  comparison: Comparison,
): uPlot.Options {
  const axis = chartAxis();
  const ends = [middles[0]! - bar / 2, middles.at(-1)! + bar / 2] as const;
  const series = (fill: string, label: string): uPlot.Series => ({
    ...{ label, fill: colour(fill), alpha: 0.8, width: 0, points: { show: false } },
    paths: uPlot.paths.bars!({ size: [1, Infinity], gap: 1 }),
  });
  return {
    ...{ width, height },
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: () => [...ends] }, y: { range: () => [0, 1.05 * Math.max(1, ...counts)] } },
    axes: [
      {
        ...axis,
        ...{ label: "worse ← difference → better", labelSize: 18, size: 34 },
        values: (_chart, ticks) => ticks.map((one) => (one > 0 ? `+${round(one)}` : String(round(one)))),
      },
      // Cases are whole.
      {
        ...axis,
        ...{ label: "cases", labelSize: 18, size: 44 },
        values: (_chart, ticks) => ticks.map((one) => (Number.isInteger(one) ? count(one) : "")),
      },
    ],
    series: [{}, series("--bad", "worse"), series("--muted", "about the same"), series("--good", "better")],
    hooks: {
      drawClear: [(chart) => drawInterval(chart, comparison)],
      draw: [(chart) => drawMean(chart, comparison)],
    },
  };
}

/** Without what binary fractions add. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}

/** Behind the bars. */
function drawInterval(chart: uPlot, { difference: { low, high } }: Comparison): void {
  const { ctx, bbox } = chart;
  const [from, to] = [chart.valToPos(low, "x", true), chart.valToPos(high, "x", true)];
  ctx.save();
  ctx.fillStyle = colour("--accent");
  ctx.globalAlpha = 0.16;
  ctx.fillRect(from, bbox.top, Math.max(1, to - from), bbox.height);
  ctx.restore();
}

/** Before the bars. */
function drawMean(chart: uPlot, { difference: { mean } }: Comparison): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.fillStyle = colour("--text");
  ctx.fillRect(chart.valToPos(mean, "x", true) - devicePixelRatio, bbox.top, 2 * devicePixelRatio, bbox.height);
  ctx.restore();
}
