import { parse } from "csv-parse/sync";
import type { StepMetrics } from "./schema";

/**
 * Column names of results.csv. Azure's guide calls the validation accuracy `validation_mean_token_accuracy`, its metrics API and Microsoft's
 * scripts `valid_mean_token_accuracy`: both are read.
 */
const COLUMNS: Record<string, keyof StepMetrics> = {
  step: "step",
  train_loss: "trainLoss",
  train_mean_token_accuracy: "trainTokenAccuracy",
  train_accuracy: "trainTokenAccuracy",
  valid_loss: "validLoss",
  validation_loss: "validLoss",
  valid_mean_token_accuracy: "validTokenAccuracy",
  validation_mean_token_accuracy: "validTokenAccuracy",
  full_valid_loss: "fullValidLoss",
  full_valid_mean_token_accuracy: "fullValidTokenAccuracy",
};

/** The rows of results.csv, by step. Columns may be in any order; unknown ones and empty cells are left out. */
export function parseResults(csv: string): StepMetrics[] {
  const rows = parse(csv, {
    columns: (header: string[]) => header.map(normalize),
    skip_empty_lines: true,
    bom: true,
    trim: true,
  });
  return (rows as Record<string, string>[])
    .map(toMetrics)
    .filter((metrics) => metrics !== undefined)
    .sort((a, b) => a.step - b.step);
}

/** Metrics as the checkpoints API gives them, under the same names. */
export function metricsOf(figures: Record<string, unknown>, step: number): StepMetrics {
  return { ...toMetrics({ ...figures, step }), step };
}

function toMetrics(cells: Record<string, unknown>): StepMetrics | undefined {
  const metrics: Partial<StepMetrics> = {};
  for (const [name, cell] of Object.entries(cells)) {
    const key = COLUMNS[normalize(name)];
    const value = typeof cell === "string" && cell.trim() === "" ? Number.NaN : Number(cell ?? Number.NaN);
    if (key && Number.isFinite(value)) metrics[key] = value;
  }
  return metrics.step === undefined ? undefined : { ...metrics, step: metrics.step };
}

function normalize(name: string): string {
  return name.trim().toLowerCase();
}
