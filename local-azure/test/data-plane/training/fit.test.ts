import { describe, expect, it } from "@jest/globals";
import { fit } from "../../../src/data-plane/training/fit";
import type { LossMetrics } from "../../../src/data-plane/training/step-metrics";
import { stepsOf } from "../../../src/models/tuned-model";
import { readTrainingRow } from "../../../src/data-plane/rows/training-row";
import { toSequence } from "../../../src/data-plane/training/token-sequence";
import { chatRow, questions } from "../examples";

const sequences = questions.map(([question, answer]) => toSequence(readTrainingRow(chatRow(question, answer))));
const [training, validation] = [sequences.slice(0, 8), sequences.slice(8)];
const hyperparameters = { epochs: 4, batchSize: 2, learningRateMultiplier: 2 };

const mean = (rows: LossMetrics[]): number => rows.reduce((sum, { train_loss }) => sum + train_loss, 0) / rows.length;

describe("fit", () => {
  it("reports a row per step, and the whole validation file at the end of each epoch", async () => {
    const metrics = await fit(training, validation, [], hyperparameters, 1);
    expect(metrics).toHaveLength(stepsOf(8, hyperparameters));
    expect(metrics.map(({ step }) => step)).toEqual(Array.from({ length: 16 }, (_, at) => at + 1));
    expect(metrics.filter(({ full_valid_loss }) => full_valid_loss !== undefined).map(({ step }) => step)).toEqual([
      4, 8, 12, 16,
    ]);
    for (const row of metrics) {
      expect(row.train_loss).toBeGreaterThan(0);
      expect(row.train_mean_token_accuracy).toBeLessThanOrEqual(1);
    }
  });

  it("learns: each epoch's loss is below the one before, and accuracy rises", async () => {
    const metrics = await fit(training, validation, [], hyperparameters, 1);
    const epochs = [0, 4, 8, 12].map((at) => mean(metrics.slice(at, at + 4)));
    expect(epochs).toEqual([...epochs].sort((a, b) => b - a));
    expect(metrics.at(-1)!.train_mean_token_accuracy).toBeGreaterThan(0.5);
  });

  it("gives the same figures for the same seed, and others for another", async () => {
    const once = await fit(training, validation, [], hyperparameters, 1);
    expect(await fit(training, validation, [], hyperparameters, 1)).toEqual(once);
    expect(await fit(training, validation, [], hyperparameters, 2)).not.toEqual(once);
  });

  it("has figures for any rate", async () => {
    const metrics = await fit(training, validation, [], { ...hyperparameters, learningRateMultiplier: 1e308 }, 1);
    expect(metrics.every((row) => (Object.values(row) as number[]).every(Number.isFinite))).toBe(true);
  });

  it("learns more slowly at a lower learning rate", async () => {
    const slow = await fit(training, [], [], { ...hyperparameters, learningRateMultiplier: 0.1 }, 1);
    const fast = await fit(training, [], [], hyperparameters, 1);
    expect(slow.at(-1)!.train_loss).toBeGreaterThan(fast.at(-1)!.train_loss);
    expect(slow[0]!.train_loss).toBe(fast[0]!.train_loss);
  });

  it("starts lower from a tuned model that has seen the rows", async () => {
    const fresh = await fit(training, [], [], hyperparameters, 1);
    const continued = await fit(training, [], training, hyperparameters, 1);
    expect(continued[0]!.train_loss).toBeLessThan(fresh[0]!.train_loss * 0.7);
  });

  it("does not learn messages of weight 0 or of others", () => {
    const row = {
      messages: [
        { role: "user", content: "a b" },
        { role: "assistant", content: "c", weight: 0 },
        { role: "assistant", content: "d e" },
      ],
    };
    expect(toSequence(readTrainingRow(JSON.stringify(row))).learnedCount).toBe(2);
  });
});
