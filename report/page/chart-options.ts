import type uPlot from "uplot";
import type { Checkpoint } from "../report-data";
import type { Curve, Measure } from "./curve-data";
import { figure } from "./format";

const colourOf: Record<Curve["kind"], string> = {
  training: "--curve-training",
  batch: "--curve-batch",
  validation: "--curve-validation",
  other: "--curve-other",
};
const otherColours = ["--other-1", "--other-2", "--other-3", "--other-4"];

/** The colour that the page's theme gives a curve. */
export function curveColour({ kind }: Pick<Curve, "kind">, index: number): string {
  return variable(kind === "other" ? otherColours[index % otherColours.length]! : colourOf[kind]);
}

export interface ChartFrame {
  width: number;
  height: number;
  draw: (chart: uPlot) => void;
  /** Index of the step under the pointer. */
  setAt: (index: number | null) => void;
}

export function chartOptions(
  measure: Measure,
  curves: Curve[],
  { width, height, draw, setAt }: ChartFrame,
): uPlot.Options {
  const grid = { stroke: variable("--line"), width: 1 };
  const axis = { stroke: variable("--muted"), grid, ticks: { ...grid, size: 4 }, font: "12px system-ui, sans-serif" };
  const show = (value: number) => (measure.format === "share" ? `${Math.round(value * 100)} %` : figure(value));
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    scales: { x: { time: false } },
    axes: [
      { ...axis, label: "step", labelSize: 18, labelFont: axis.font, size: 34 },
      { ...axis, size: 56, values: (_chart, ticks) => ticks.map(show) },
    ],
    series: [{}, ...curves.map((curve, index) => series(curve, index))],
    hooks: { drawClear: [draw], setCursor: [(chart) => setAt(chart.cursor.idx ?? null)] },
  };
}

function series(curve: Curve, index: number): uPlot.Series {
  const stroke = curveColour(curve, index);
  // Figures over the whole validation file come once per epoch: points, joined over the gaps.
  if (curve.kind === "validation") {
    return { label: curve.label, stroke, width: 2, spanGaps: true, points: { show: true, size: 9, fill: stroke } };
  }
  const thin = curve.kind === "batch" || curve.kind === "other";
  return {
    label: curve.label,
    stroke,
    width: thin ? 1.25 : 2,
    dash: curve.kind === "other" ? [6, 4] : undefined,
    spanGaps: true,
    points: { show: false },
  };
}

/** Behind the curves: where it overfits, and the steps of the checkpoints. */
export function drawMarks(chart: uPlot, marks: { checkpoints: Checkpoint[]; overfitsFrom?: number }): void {
  const { ctx, bbox } = chart;
  const x = (step: number) => Math.round(chart.valToPos(step, "x", true));
  const right = bbox.left + bbox.width;
  ctx.save();
  if (marks.overfitsFrom !== undefined) {
    const left = Math.max(bbox.left, x(marks.overfitsFrom));
    ctx.fillStyle = variable("--overfit");
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
  for (const { step, chosen } of marks.checkpoints) {
    ctx.strokeStyle = variable(chosen ? "--accent" : "--muted");
    ctx.lineWidth = (chosen ? 2 : 1) * devicePixelRatio;
    ctx.setLineDash(chosen ? [] : [3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x(step), bbox.top);
    ctx.lineTo(x(step), bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

/** The colour behind a custom property, as the theme has it now: the property's own text may be a `light-dark()` of two. */
function variable(name: string): string {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
