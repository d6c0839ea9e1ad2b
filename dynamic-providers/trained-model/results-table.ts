import { parse } from "csv-parse/sync";
import type { StepMetrics } from "./schema";

/**
 * Column names of results.csv. Azure's guide calls the validation accuracy `validation_mean_token_accuracy`, its metrics API and Microsoft's
 * scripts `valid_mean_token_accuracy`: both are read. So are both spellings of a reward: `train_mean_reward`, `full_valid_mean_reward` (the
 * columns that Microsoft's samples read), and `train_reward_mean`, `valid_reward_mean` (`scores` of an event in OpenAI's guide to
 * reinforcement). Of two names of one figure the first in this table counts.
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
  train_mean_reward: "trainReward",
  train_reward_mean: "trainReward",
  full_valid_mean_reward: "fullValidReward",
  full_valid_reward_mean: "fullValidReward",
  valid_mean_reward: "fullValidReward",
  valid_reward_mean: "fullValidReward",
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

/** Metrics as checkpoints and events give them, under the same names; rewards of an event may be in its `scores`. */
export function metricsOf(figures: Record<string, unknown>, step: number): StepMetrics {
  const scores = typeof figures["scores"] === "object" ? figures["scores"] : undefined;
  return { ...toMetrics({ ...scores, ...figures, step }), step };
}

function toMetrics(cells: Record<string, unknown>): StepMetrics | undefined {
  const named = new Map(Object.entries(cells).map(([name, cell]) => [normalize(name), cell]));
  const metrics: Partial<StepMetrics> = {};
  for (const [name, key] of Object.entries(COLUMNS)) {
    const cell = named.get(name);
    const value = typeof cell === "string" && cell.trim() === "" ? Number.NaN : Number(cell ?? Number.NaN);
    if (metrics[key] === undefined && Number.isFinite(value)) metrics[key] = value;
  }
  return metrics.step === undefined ? undefined : { ...metrics, step: metrics.step };
}

function normalize(name: string): string {
  return name.trim().toLowerCase();
}
