import type uPlot from "uplot";
import type { Checkpoint } from "../report-data";
import { colour } from "./theme-values";

export interface Marks {
  checkpoints: Checkpoint[];
  /** First step after the best one, where the model begins to overfit. */
  overfitsFrom?: number;
}

/** Behind the curves: where it overfits, and the steps of the checkpoints. */
export function drawMarks(chart: uPlot, { checkpoints, overfitsFrom }: Marks): void {
  const { ctx, bbox } = chart;
  const x = (step: number) => Math.round(chart.valToPos(step, "x", true));
  const right = bbox.left + bbox.width;
  ctx.save();
  // Zoomed in, some of them lie beside the chart.
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width + 1, bbox.height);
  ctx.clip();
  if (overfitsFrom !== undefined) {
    const left = Math.max(bbox.left, x(overfitsFrom));
    ctx.fillStyle = colour("--overfit");
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
  for (const { step, chosen } of checkpoints) {
    ctx.strokeStyle = colour(chosen ? "--accent" : "--muted");
    ctx.lineWidth = (chosen ? 2 : 1) * devicePixelRatio;
    ctx.setLineDash(chosen ? [] : [3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x(step), bbox.top);
    ctx.lineTo(x(step), bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
