import type { FileReport, Overlap } from "../../datasets";

/** What `validate --json` prints; docs/datasets.md describes it, and programs read it. */
export interface ValidationReport {
  model: string;
  method: string;
  files: FileReport[];
  /** Examples of the validation file that are also in the training file. */
  overlap: Overlap;
  /** `null` without a training file that holds examples, or for what can't be trained: model, method, training type or region. */
  estimate: Estimate | null;
}

export interface Estimate {
  /** One number twice, unless the service chooses. */
  epochs: { low: number; high: number };
  /** Tokens of the training file, before they are multiplied by the epochs. */
  trainingTokens: number;
  /** `null` when the catalog has no price. */
  trainingUsd: { low: number; high: number } | null;
  /** Hours behind `trainingUsd`, where training is billed by the hour (reinforcement). */
  trainingHours?: { low: number; high: number };
  hostingUsdPerMonth: number;
  /** Date of the price list, ISO. */
  priceDate: string;
  /** The region whose prices these are: the one asked for, or the default, or the first in which the model can be trained. */
  location: string;
  /** Sentences: what the figures assume. */
  assumptions: string[];
}
