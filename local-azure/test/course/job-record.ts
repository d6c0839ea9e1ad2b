import type { JobRecord } from "../../src/world/state";

/** A job of 100 s after 10 s of preparation, submitted at time 0. */
export function jobRecord(more: Partial<JobRecord> = {}): JobRecord {
  const hex = "0".repeat(32);
  return {
    id: `ftjob-${hex}`,
    model: "gpt-4o-mini-2024-07-18",
    baseModel: "gpt-4o-mini-2024-07-18",
    createdAt: 0,
    trainingFile: "file-1",
    ancestors: [],
    seed: 1,
    requested: { epochs: -1, batchSize: -1, learningRateMultiplier: -1 },
    chosen: { epochs: 2, batchSize: 1, learningRateMultiplier: 2 },
    trainingRows: 10,
    preparationMs: 10_000,
    trainingMs: 100_000,
    stops: [],
    resultFileId: "file-2",
    ...more,
  };
}
