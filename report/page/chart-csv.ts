import type { CurveData } from "./curve-data";

/**
 * The figures of a chart, as in results.csv: a row per step (all of them, zoomed in or not), a column per curve, empty where a step has
 * none. A moving average is a column of its own. Names and numbers need no quotes.
 */
export function chartCsv({ steps, curves }: CurveData): string {
  const columns = curves.flatMap(({ name, values, smoothed }) => [
    { name, values },
    ...(smoothed ? [{ name: `${name}_smoothed`, values: smoothed }] : []),
  ]);
  const rows = steps.map((step, index) => [step, ...columns.map(({ values }) => values[index] ?? "")].join(","));
  return [["step", ...columns.map(({ name }) => name)].join(","), ...rows].map((row) => `${row}\n`).join("");
}
