import type { Page } from "playwright-core";

export type Row = (number | null)[];

/** What a chart draws, read from uPlot itself. */
export interface DrawnChart {
  /** By the series' label: `step`, then the curves. */
  rows: Record<string, Row>;
  /** Ends of the x axis. */
  x: { min: number; max: number };
  /** Step under the chart's cursor; null: none. */
  step: number | null;
  /** 1: linear, 3: logarithmic. */
  distribution: number;
}

/** The chart of a measure, once it is drawn. */
export async function drawnChart(page: Page, measure: string): Promise<DrawnChart> {
  await page.locator(`[data-measure="${measure}"] canvas`).waitFor();
  return page.evaluate<DrawnChart>(`(() => {
    const { data, series, scales, cursor } = document.querySelector('[data-measure="${measure}"]').chart;
    const rows = Object.fromEntries(data.map((row, index) => [index === 0 ? "step" : series[index].label, row]));
    const step = typeof cursor.idx === "number" ? data[0][cursor.idx] : null;
    return { rows, x: { min: scales.x.min, max: scales.x.max }, step, distribution: scales.y.distr };
  })()`);
}

/** The area of a chart that reacts to the pointer. */
export async function plotArea(page: Page, measure: string) {
  const area = page.locator(`[data-measure="${measure}"] .u-over`);
  await area.scrollIntoViewIfNeeded();
  return (await area.boundingBox())!;
}

/** Waits for the page to change by itself, as long as a person would. */
export async function until(changed: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await changed())) {
    if (Date.now() > deadline) throw new Error("The page did not change within 10 s.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Columns of a CSV file by name, empty cells as null. */
export function columnsOf(csv: string): Record<string, Row> {
  const [names, ...rows] = csv
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const cell = (text: string | undefined) => (text === undefined || text === "" ? null : Number(text));
  return Object.fromEntries(names!.map((name, index) => [name, rows.map((cells) => cell(cells[index]))]));
}
