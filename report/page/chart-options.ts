import type uPlot from "uplot";
import { canvasFont, colour } from "./theme-values";

export interface ChartFrame {
  width: number;
  height: number;
  range: { from: number; to: number };
  series: uPlot.Series[];
  logarithmic: boolean;
  tick: (value: number) => string;
  /** Draws behind the curves. */
  draw: (chart: uPlot) => void;
  /** The pointer is at a row of the data, or at none. */
  onPoint: (index: number | null) => void;
  /** The reader dragged from one step to another. */
  onSelect: (from: number, to: number) => void;
  /** The reader wants every step again. */
  onReset: () => void;
}

/** Drags shorter than this, in CSS pixels, are clicks. */
const shortestDrag = 8;

export function chartOptions(frame: ChartFrame): uPlot.Options {
  const { width, height, range, series, logarithmic, tick, draw, onPoint, onSelect, onReset } = frame;
  return {
    width,
    height,
    legend: { show: false },
    cursor: {
      y: false,
      points: { size: 6 },
      // The page zooms all charts at once, instead of uPlot this one.
      drag: { x: true, y: false, setScale: false, dist: shortestDrag },
      bind: {
        dblclick: () => () => {
          onReset();
          return null;
        },
      },
    },
    scales: { x: { time: false, auto: false, min: range.from, max: range.to }, y: { distr: logarithmic ? 3 : 1 } },
    axes: [
      { ...chartAxis(), label: "step", labelSize: 18, size: 34 },
      {
        ...chartAxis(),
        size: 60,
        values: (_chart, ticks) => ticks.map((value) => (value === null ? null : tick(value))),
      },
    ],
    series: [{}, ...series],
    hooks: {
      drawClear: [draw],
      init: [(chart) => followPointer(chart.over, (left) => onPoint(left === null ? null : chart.posToIdx(left)))],
      setSelect: [
        (chart) => {
          const { left, width: across } = chart.select;
          if (across < shortestDrag) return;
          onSelect(chart.posToVal(left, "x"), chart.posToVal(left + across, "x"));
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

/** What the pointer does, and no more: uPlot's own hook also tells of cursors that the page has put somewhere. @param at CSS pixels from the left */
function followPointer(area: HTMLElement, at: (left: number | null) => void): void {
  area.addEventListener("mousemove", ({ clientX }) => at(clientX - area.getBoundingClientRect().left));
  area.addEventListener("mouseleave", () => at(null));
}

/** An axis in the colours and the font of the page. */
export function chartAxis(): uPlot.Axis {
  const grid = { stroke: colour("--line"), width: 1 };
  const font = canvasFont();
  return { stroke: colour("--muted"), grid, ticks: { ...grid, size: 4 }, font, labelFont: font };
}
