import { useEffect, useRef, useState } from "preact/hooks";
import "./language"; // before uPlot is loaded
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Checkpoint } from "../report-data";
import { chartOptions, curveColour, drawMarks } from "./chart-options";
import type { Curve, CurveData, Measure } from "./curve-data";
import { figure, percent } from "./format";
import { themeChanges } from "./theme";

export interface ChartProps {
  measure: Measure;
  data: CurveData;
  checkpoints: Checkpoint[];
  /** First step after the best one, where the model begins to overfit. */
  overfitsFrom?: number;
}

/** Height in CSS pixels. */
const height = 260;

/** Curves over the steps of a training, drawn on a canvas that follows the width of the page. */
export function Chart({ measure, data, checkpoints, overfitsFrom }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const marks = useRef({ checkpoints, overfitsFrom });
  marks.current = { checkpoints, overfitsFrom };
  const theme = themeChanges.value;
  const shape = data.curves.map(({ label }) => label).join("\n");

  useEffect(() => {
    const element = place.current!;
    const draw = (chart: uPlot) => drawMarks(chart, marks.current);
    const options = chartOptions(measure, data.curves, { width: element.clientWidth, height, draw, setAt });
    const chart = new uPlot(options, aligned(data), element);
    // The numbers that are drawn, for whoever wants to check them.
    (element as HTMLDivElement & { chart?: uPlot }).chart = chart;
    plot.current = chart;
    const follow = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    follow.observe(element);
    return () => {
      follow.disconnect();
      chart.destroy();
      plot.current = null;
    };
    // A chart is made anew when its curves or its colours are others; new values only move it.
  }, [shape, theme]);

  useEffect(() => plot.current?.setData(aligned(data)), [data]);

  return (
    <figure class="chart">
      <figcaption>{measure.title}</figcaption>
      <Legend curves={data.curves} measure={measure} at={at} step={at === null ? undefined : data.steps[at]} />
      <div ref={place} class="plot" role="img" aria-label={spoken(measure, data)} data-measure={measure.title} />
    </figure>
  );
}

function aligned({ steps, curves }: CurveData): uPlot.AlignedData {
  return [steps, ...curves.map(({ values }) => values)] as uPlot.AlignedData;
}

interface LegendProps {
  curves: Curve[];
  measure: Measure;
  at: number | null;
  step?: number;
}

/** Names of the curves, with the value under the pointer, else the last one. */
function Legend({ curves, measure, at, step }: LegendProps) {
  const show = measure.format === "share" ? percent : figure;
  return (
    <ul class="legend">
      {curves.map((curve, index) => {
        const last = curve.values.findLast((value) => value !== null) ?? undefined;
        const value = at === null ? last : (curve.values[at] ?? undefined);
        return (
          <li key={curve.label}>
            <span class={`swatch ${curve.kind}`} style={{ background: curveColour(curve, index) }} aria-hidden="true" />
            {curve.label} <b>{show(value)}</b>
          </li>
        );
      })}
      <li class="muted">{step === undefined ? "last values" : `step ${step}`}</li>
    </ul>
  );
}

/** What the drawing shows, for those who don't see it. */
function spoken(measure: Measure, { steps, curves }: CurveData): string {
  const show = measure.format === "share" ? percent : figure;
  const parts = curves.map(({ label, values }) => {
    const known = values.filter((value) => value !== null);
    return `${label}: from ${show(known[0])} to ${show(known.at(-1))}`;
  });
  return `${measure.title} over ${steps.length} steps. ${parts.join(". ")}.`;
}
