import { curveColour, curveDash } from "./chart-lines";
import type { Curve, CurveData } from "./curve-data";
import { valueAt } from "./curve-value";
import type { Measure } from "./measures";

export interface LegendProps {
  data: CurveData;
  measure: Measure;
  /** Undefined: the last values. */
  step: number | undefined;
}

/** Names of the curves, with their values at a step. */
export function Legend({ data, measure: { show }, step }: LegendProps) {
  return (
    <ul class="legend">
      {data.curves.map((curve) => {
        const { value, smoothed, from } = valueAt(data, curve, step);
        return (
          <li key={curve.name}>
            <Swatch curve={curve} /> {curve.label} <b>{show(value)}</b>
            {smoothed !== undefined && <span class="muted"> smoothed {show(smoothed)}</span>}
            {from !== undefined && <span class="muted"> at step {from}</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** A piece of the curve as it is drawn. */
function Swatch({ curve }: { curve: Curve }) {
  const colour = curveColour(curve);
  return (
    <svg class="swatch" viewBox="0 0 18 10" width="18" height="10" aria-hidden="true">
      <line
        x1="0"
        y1="5"
        x2="18"
        y2="5"
        stroke={colour}
        stroke-width="2"
        stroke-dasharray={curveDash(curve)?.join(" ")}
      />
      {curve.kind === "validation" && <circle cx="9" cy="5" r="4" fill={colour} />}
    </svg>
  );
}
