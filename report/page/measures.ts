import type { StepMetrics } from "../../dynamic-providers/trained-model/schema";
import { figure, percent } from "./format";

export type Figure = Exclude<keyof StepMetrics, "step">;
/** Over one training batch, one validation batch, the whole validation file. */
type Kind = "training" | "batch" | "validation";

/** What a chart is of: which figures of a step, and how they are called and written. */
export interface Measure {
  title: string;
  training: Figure;
  /** Absent: there is none of single validation batches. */
  batch?: Figure;
  validation: Figure;
  /** Names of the figures in results.csv. */
  columns: Partial<Record<Kind, string>>;
  show: (value: number | undefined) => string;
  /** On the axis. */
  tick: (value: number) => string;
  /** Whether a logarithmic scale makes sense: shares may be 0. */
  canBeLogarithmic: boolean;
}

export const lossMeasure: Measure = {
  title: "Loss",
  training: "trainLoss",
  batch: "validLoss",
  validation: "fullValidLoss",
  columns: { training: "train_loss", batch: "valid_loss", validation: "full_valid_loss" },
  show: figure,
  tick: figure,
  canBeLogarithmic: true,
};

export const accuracyMeasure: Measure = {
  title: "Token accuracy",
  training: "trainTokenAccuracy",
  batch: "validTokenAccuracy",
  validation: "fullValidTokenAccuracy",
  columns: {
    training: "train_mean_token_accuracy",
    batch: "valid_mean_token_accuracy",
    validation: "full_valid_mean_token_accuracy",
  },
  show: percent,
  tick: (value) => `${Number((100 * value).toPrecision(6))}%`,
  canBeLogarithmic: false,
};

/** Reinforcement. The scale is the grader's, and may go below 0. */
export const rewardMeasure: Measure = {
  title: "Reward",
  training: "trainReward",
  validation: "fullValidReward",
  columns: { training: "train_mean_reward", validation: "full_valid_mean_reward" },
  show: figure,
  tick: figure,
  canBeLogarithmic: false,
};

/** Each is drawn where the job reports it. */
export const measures: Measure[] = [lossMeasure, accuracyMeasure, rewardMeasure];
