import { useEffect, useRef } from "preact/hooks";
import "./language"; // before uPlot is loaded
import uPlot from "uplot";
import type { TokenStatistics } from "../../datasets/report";
import type { Histogram } from "../../datasets/statistics";
import { chartAxis } from "./chart-options";
import { colour } from "./theme-values";
import { count } from "./format";
import { mountPlot } from "./mount-plot";
import { themeChanges } from "./theme";

/** Ends of an axis of tokens. */
export interface TokenScale {
  low: number;
  /** One above the largest: a bar is as wide as its tokens. */
  high: number;
}

export interface HistogramChartProps {
  name: string;
  statistics: TokenStatistics;
  histogram?: Histogram;
  scale: TokenScale;
}

/** In CSS pixels: the chart, and the strip of the percentiles below its bars. */
const [height, strip] = [150, 20];

/** How many examples have how many tokens, with the percentiles below the bars on the same axis. */
export function HistogramChart({ name, statistics, histogram, scale }: HistogramChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const theme = themeChanges.value;
  useEffect(() => {
    const element = place.current!;
    const wanted = options(element.clientWidth, statistics, histogram, scale);
    return mountPlot(element, wanted, barsOf(histogram, scale)).unmount;
  }, [JSON.stringify([statistics, histogram, scale]), theme]);
  const { min, median, max } = statistics;
  const spoken = `${name}: ${count(min)} to ${count(max)} tokens per example, median ${count(median)}.`;
  return <div ref={place} class="histogram" role="img" aria-label={spoken} />;
}

/** A bar per bin, at the bin's first number of tokens. */
function barsOf(histogram: Histogram | undefined, { low, high }: TokenScale): uPlot.AlignedData {
  if (!histogram) {
    return [
      [low, high],
      [null, null],
    ];
  }
  const { min, max, counts } = histogram;
  const width = (max - min + 1) / counts.length;
  // uPlot takes the width of a bar from the next one's place: the last one has a next one too.
  return [[...counts, 0].map((_, bin) => min + bin * width), [...counts, 0]];
}

function options(
  width: number,
  statistics: TokenStatistics,
  histogram: Histogram | undefined,
  { low, high }: TokenScale,
): uPlot.Options {
  const most = Math.max(1, ...(histogram?.counts ?? []));
  const axis = chartAxis();
  return {
    ...{ width, height },
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: () => [low, high] }, y: { range: () => [0, most] } },
    axes: [
      { ...axis, label: "tokens", labelSize: 18, size: 30 + strip, gap: 5 + strip, ticks: { show: false } },
      // Examples are whole.
      {
        ...axis,
        label: "examples",
        labelSize: 18,
        size: 44,
        values: (_chart, ticks) => ticks.map((one) => (Number.isInteger(one) ? count(one) : "")),
      },
    ],
    series: [
      {},
      {
        fill: colour("--accent"),
        alpha: 0.75,
        width: 0,
        paths: uPlot.paths.bars!({ align: 1, size: [1, Infinity], gap: 1 }),
        points: { show: false },
      },
    ],
    hooks: { draw: [(chart) => drawPercentiles(chart, statistics)] },
  };
}

/** Between the bars and the numbers of the axis: a line from the smallest to the largest, a bar from p10 to p90, a mark at the median. */
function drawPercentiles(chart: uPlot, { min, p10, median, p90, max }: TokenStatistics): void {
  const scale = devicePixelRatio;
  const { ctx, bbox } = chart;
  const x = (tokens: number) => chart.valToPos(tokens, "x", true);
  const middle = bbox.top + bbox.height + (strip / 2 + 4) * scale;
  const box = (from: number, to: number, tall: number, fill: string, alpha = 1) => {
    ctx.globalAlpha = alpha;
    ctx.fillStyle = colour(fill);
    ctx.fillRect(from, middle - (tall * scale) / 2, to - from, tall * scale);
  };
  ctx.save();
  box(x(min), x(max + 1), 2, "--muted");
  box(x(p10), x(p90 + 1), 12, "--accent", 0.55);
  box(x(median + 0.5) - 1.5 * scale, x(median + 0.5) + 1.5 * scale, 18, "--text");
  ctx.restore();
}
