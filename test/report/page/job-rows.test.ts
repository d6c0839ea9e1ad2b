import { expect, it } from "@jest/globals";
import { hyperparameterNames, jobRows } from "../../../report/page/job-rows";
import type { ReportData } from "../../../report/report-data";

const report = {
  job: { id: "ftjob-own", status: "running", baseModel: "m", createdAt: 2 },
  lineage: { hyperparameters: { n_epochs: 2, batch_size: 1, beta: 0.1 } },
  steps: [9, 8, 3, 1].map((trainLoss, index) => ({ step: index + 1, trainLoss, validLoss: 5 })),
  cost: { notBilled: "not yet" },
  otherJobs: [
    {
      ...{
        id: "ftjob-2",
        status: "succeeded",
        baseModel: "m",
        createdAt: 1,
        hyperparameters: { n_epochs: 1, learning_rate_multiplier: 2 },
      },
      ...{ billed: { tokens: 1000, usd: 0.003 } },
      steps: [
        { step: 1, trainLoss: 4, fullValidLoss: 2, fullValidTokenAccuracy: 0.4 },
        { step: 2, trainLoss: 2, fullValidLoss: 3, fullValidTokenAccuracy: 0.3 },
      ],
    },
    {
      id: "ftjob-1",
      status: "failed",
      baseModel: "m",
      createdAt: 0,
      hyperparameters: { n_epochs: -1, seed: null },
      steps: [],
    },
  ],
} as unknown as ReportData;

it("has the report's job first, with the mean of its last epoch, and nothing of single validation batches", () => {
  expect(jobRows(report)).toMatchObject([
    {
      id: "ftjob-own",
      own: true,
      steps: 4,
      trainingLoss: 2,
      validationLoss: undefined,
      billed: undefined,
      drawable: false,
    },
    {
      ...{ id: "ftjob-2", own: false, steps: 2, trainingLoss: 3, validationLoss: 3, bestValidationLoss: 2 },
      ...{ validationAccuracy: 0.3, billed: { tokens: 1000, usd: 0.003 }, drawable: true },
    },
    { id: "ftjob-1", steps: 0, trainingLoss: undefined, bestValidationLoss: undefined, drawable: false },
  ]);
});

it("has no row for a job that was not submitted", () => {
  expect(jobRows({ ...report, job: undefined }).map(({ id }) => id)).toEqual(["ftjob-2", "ftjob-1"]);
});

it("names the hyperparameters that some job has, the common ones first", () => {
  expect(hyperparameterNames(jobRows(report))).toEqual(["n_epochs", "batch_size", "learning_rate_multiplier", "beta"]);
});
