import type { StepMetrics } from "../../dynamic-providers/trained-model/schema";
import type { OtherJob, ReportData } from "../report-data";

/** What a chart draws: the steps, and a row of values per curve with `null` where a step has none. */
export interface CurveData {
  steps: number[];
  curves: Curve[];
}

export interface Curve {
  label: string;
  kind: "training" | "batch" | "validation" | "other";
  values: (number | null)[];
}

type Figure = Exclude<keyof StepMetrics, "step">;

export interface Measure {
  title: string;
  /** Figure over one training batch, one validation batch, the whole validation file. */
  training: Figure;
  batch: Figure;
  validation: Figure;
  format: "loss" | "share";
}

export const lossMeasure: Measure = {
  title: "Loss",
  training: "trainLoss",
  batch: "validLoss",
  validation: "fullValidLoss",
  format: "loss",
};

export const accuracyMeasure: Measure = {
  title: "Token accuracy",
  training: "trainTokenAccuracy",
  batch: "validTokenAccuracy",
  validation: "fullValidTokenAccuracy",
  format: "share",
};

/** The job's curves of one measure, with those of `others` laid over: their whole-file validation where they have one, else training. */
export function curveData(
  { steps: own }: Pick<ReportData, "steps">,
  measure: Measure,
  others: OtherJob[] = [],
): CurveData {
  const steps = [...new Set([own, ...others.map((job) => job.steps)].flatMap((rows) => rows.map(({ step }) => step)))];
  steps.sort((a, b) => a - b);
  const curve = (label: string, kind: Curve["kind"], rows: StepMetrics[], figure: Figure): Curve[] => {
    const byStep = new Map(rows.map((row) => [row.step, row[figure]]));
    const values = steps.map((step) => byStep.get(step) ?? null);
    return values.some((value) => value !== null) ? [{ label, kind, values }] : [];
  };
  return {
    steps,
    curves: [
      ...curve("Training, each batch", "training", own, measure.training),
      ...curve("Validation, one batch", "batch", own, measure.batch),
      ...curve("Validation, whole file", "validation", own, measure.validation),
      ...others.flatMap((job) => curve(shortId(job.id), "other", job.steps, measure.training)),
    ],
  };
}

/** `ftjob-485b3012...` -> `485b3012` */
export function shortId(id: string): string {
  return id.replace(/^ftjob-/, "").slice(0, 8);
}
