import "./language"; // before uPlot is loaded
import uPlot from "uplot";

/**
 * Draws a chart that stays as wide as its place.
 *
 * @param options - of the place's present width
 * @returns the chart, and how to take it away
 */
export function mountPlot(
  place: HTMLElement,
  options: uPlot.Options,
  data: uPlot.AlignedData,
): { chart: uPlot; unmount: () => void } {
  const chart = new uPlot(options, data, place);
  // The numbers that are drawn, for whoever wants to check them.
  (place as HTMLElement & { chart?: uPlot }).chart = chart;
  const follow = new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: options.height }));
  follow.observe(place);
  const unmount = () => {
    follow.disconnect();
    chart.destroy();
  };
  return { chart, unmount };
}
