import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { learnedRows } from "../../../src/data-plane/training/learned-rows";
import { totalSteps } from "../../../src/models/tuned-model";
import type { JobRecord } from "../../../src/world/state";
import { jobRecord } from "../../course/job-record";

const jobs = fc
  .record({
    trainingRows: fc.integer({ min: 1, max: 200 }),
    seed: fc.integer({ min: 0, max: 2147483647 }),
    epochs: fc.integer({ min: 1, max: 6 }),
    batchSize: fc.integer({ min: 1, max: 50 }),
  })
  .map(({ trainingRows, seed, epochs, batchSize }) =>
    jobRecord({ trainingRows, seed, chosen: { epochs, batchSize, learningRateMultiplier: 1 } }),
  );

function rowsKnown(job: JobRecord, step: number | undefined): number[] {
  const isKnown = learnedRows(job, step);
  return Array.from({ length: job.trainingRows }, (_, row) => row).filter(isKnown);
}

it("knows more with every step, in proportion, and everything at the end", () => {
  fc.assert(
    fc.property(jobs, (job) => {
      const steps = totalSteps(job);
      let before: number[] = [];
      for (let step = 0; step <= steps; step += 1) {
        const known = rowsKnown(job, step);
        expect(known).toHaveLength(Math.ceil((job.trainingRows * step) / steps));
        expect(before.filter((row) => !known.includes(row))).toEqual([]);
        before = known;
      }
      expect(before).toHaveLength(job.trainingRows);
      expect(rowsKnown(job, undefined)).toEqual(before);
    }),
    { numRuns: 50 },
  );
});

it("takes them in another order with another seed, and in the same one with the same", () => {
  const job = jobRecord({
    trainingRows: 100,
    seed: 1,
    chosen: { epochs: 2, batchSize: 10, learningRateMultiplier: 1 },
  });
  expect(rowsKnown(job, 10)).toEqual(rowsKnown({ ...job }, 10));
  expect(rowsKnown(job, 10)).not.toEqual(rowsKnown({ ...job, seed: 2 }, 10));
});
