import { useEffect, useRef } from "preact/hooks";
import type uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { alignedData, seriesOf } from "./chart-lines";
import { drawMarks, type Marks } from "./chart-marks";
import { chartOptions } from "./chart-options";
import { hovered, logarithmic, shownStep, zoom, zoomTo } from "./chart-view";
import type { CurveData } from "./curve-data";
import { ExportButtons } from "./export-buttons";
import { Legend } from "./legend";
import type { Measure } from "./measures";
import { mountPlot } from "./mount-plot";
import { readStep, type StepRange } from "./step-range";
import { themeChanges } from "./theme";

export interface ChartProps extends Marks {
  measure: Measure;
  data: CurveData;
  /** Every step. */
  all: StepRange;
  /** Start of the names of saved files. */
  fileName: string;
}

/** Height in CSS pixels. */
const height = 260;

/** Curves over the steps of a training, drawn on a canvas that follows the width of the page. */
export function Chart({ measure, data, all, fileName, checkpoints, overfitsFrom }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const current = useRef({ marks: { checkpoints, overfitsFrom }, data, all });
  current.current = { marks: { checkpoints, overfitsFrom }, data, all };
  const theme = themeChanges.value;
  const log = logarithmic.value && measure.canBeLogarithmic;
  const range = zoom.value ?? all;
  const shape = `${log} ${data.curves.map(({ name, smoothed }) => `${name} ${smoothed !== undefined}`).join("\n")}`;

  useEffect(() => {
    const element = place.current!;
    const stepAt = (index: number | null) => (index === null ? undefined : current.current.data.steps[index]);
    const options = chartOptions({
      ...{ width: element.clientWidth, height, range, logarithmic: log, tick: measure.tick, series: seriesOf(data) },
      draw: (chart) => drawMarks(chart, current.current.marks),
      onPoint: (index) => (hovered.value = stepAt(index)),
      onSelect: (from, to) => zoomTo(from, to, current.current.all),
      onReset: () => (zoom.value = undefined),
    });
    const { chart, unmount } = mountPlot(element, options, alignedData(data, log));
    plot.current = chart;
    return () => {
      unmount();
      plot.current = null;
    };
    // Another chart is made when its curves, its scale or its colours are others; new values and another zoom only move it.
  }, [shape, theme]);

  useEffect(() => {
    plot.current?.batch((chart: uPlot) => {
      chart.setData(alignedData(data, log), false);
      chart.setScale("x", { min: range.from, max: range.to });
    });
  }, [data, log, range.from, range.to]);

  const step = shownStep.value;
  useEffect(() => point(plot.current, step), [step, shape, theme, data, range.from, range.to]);

  return (
    <figure class="chart">
      <div class="chart-head">
        <figcaption>{measure.title}</figcaption>
        <ExportButtons measure={measure} data={data} fileName={fileName} canvas={() => plot.current?.ctx.canvas} />
      </div>
      <Legend data={data} measure={measure} step={readStep(data.steps, step, zoom.value)} />
      <div ref={place} class="plot" role="img" aria-label={spoken(measure, data)} data-measure={measure.title} />
    </figure>
  );
}

/** Puts the chart's cursor at a step, wherever it was chosen: here, in the other chart or on the slider. */
function point(chart: uPlot | null, step: number | undefined): void {
  if (!chart) return;
  const at = chart.cursor.idx;
  if ((at === null || at === undefined ? undefined : chart.data[0][at]) === step) return;
  const left = step === undefined ? -10 : chart.valToPos(step, "x");
  chart.setCursor({ left, top: left < 0 ? -10 : 0 }, false);
}

/** What the drawing shows, for those who don't see it. */
function spoken({ title, show }: Measure, { steps, curves }: CurveData): string {
  const parts = curves.map(({ label, values }) => {
    const known = values.filter((value) => value !== null);
    return `${label}: from ${show(known[0])} to ${show(known.at(-1))}`;
  });
  return `${title} over ${steps.length} steps. ${parts.join(". ")}.`;
}
