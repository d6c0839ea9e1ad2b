import type { StepMetrics } from "../../dynamic-providers/trained-model/schema";
import type { OtherJob, ReportData } from "../report-data";
import type { Figure, Measure } from "./measures";
import { smoothed } from "./smoothing";

/** What a chart draws: the steps, and a row of values per curve with `null` where a step has none. */
export interface CurveData {
  steps: number[];
  curves: Curve[];
}

export interface Curve {
  label: string;
  /** Column in the CSV file: as in results.csv, after the job's id where it is another job's. */
  name: string;
  kind: "training" | "batch" | "validation";
  /** Place among the compared jobs; absent: the report's own job. */
  other?: number;
  values: (number | null)[];
  /** Moving average of `values`; absent where they are not smoothed. */
  smoothed?: (number | null)[];
}

export interface CurveOptions {
  others?: OtherJob[];
  /** Weight of the moving average, 0 for none. */
  smoothing?: number;
  /** Whether single validation batches are drawn where there are figures over the whole file. */
  batches?: boolean;
}

/** The job's curves of one measure, with the training and validation curves of the compared jobs. */
export function curveData(
  { steps: own }: Pick<ReportData, "steps">,
  measure: Measure,
  { others = [], smoothing = 0, batches = false }: CurveOptions = {},
): CurveData {
  const steps = [...new Set([own, ...others.map((job) => job.steps)].flatMap((rows) => rows.map(({ step }) => step)))];
  steps.sort((a, b) => a - b);
  const curve = (rows: StepMetrics[], about: Omit<Curve, "values" | "name"> & { id?: string }): Curve[] => {
    const figure = measure[about.kind];
    if (figure === undefined) return [];
    const byStep = new Map(rows.map((row) => [row.step, row[figure]]));
    const values = steps.map((step) => byStep.get(step) ?? null);
    if (values.every((value) => value === null)) return [];
    const { id, ...rest } = about;
    const name = `${id ? `${id}_` : ""}${measure.columns[about.kind] ?? figure}`;
    // Figures over the whole file come once per epoch, and have no noise to take out.
    const average = smoothing > 0 && about.kind !== "validation" ? { smoothed: smoothed(values, smoothing) } : {};
    return [{ ...rest, name, values, ...average }];
  };
  const ofWholeFile = curve(own, { label: "Validation, whole file", kind: "validation" });
  const ofBatches = curve(own, { label: "Validation, one batch", kind: "batch" });
  return {
    steps,
    curves: [
      ...curve(own, { label: "Training, each batch", kind: "training" }),
      ...(batches || ofWholeFile.length === 0 ? ofBatches : []),
      ...ofWholeFile,
      ...others.flatMap(({ id, steps: rows }, other) => [
        ...curve(rows, { id, label: `${shortId(id)}, training`, kind: "training", other }),
        ...curve(rows, { id, label: `${shortId(id)}, validation`, kind: "validation", other }),
      ]),
    ],
  };
}

/** Whether there are both, so that the reader has something to choose. */
export function hasBothValidations(steps: StepMetrics[]): boolean {
  const has = (figure: Figure) => steps.some((row) => row[figure] !== undefined);
  return has("validLoss") && has("fullValidLoss");
}

/** `ftjob-485b3012...` -> `485b3012` */
export function shortId(id: string): string {
  return id.replace(/^ftjob-/, "").slice(0, 8);
}
