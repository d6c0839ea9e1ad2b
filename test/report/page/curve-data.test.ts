import { describe, expect, it } from "@jest/globals";
import type { StepMetrics } from "../../../dynamic-providers/trained-model/schema";
import { chartCsv } from "../../../report/page/chart-csv";
import { type Curve, curveData, hasBothValidations } from "../../../report/page/curve-data";
import { type CurveValue, valueAt } from "../../../report/page/curve-value";
import { lossMeasure } from "../../../report/page/measures";
import type { OtherJob } from "../../../report/report-data";

const steps: StepMetrics[] = [
  { step: 1, trainLoss: 4, validLoss: 5 },
  { step: 2, trainLoss: 2, validLoss: 6, fullValidLoss: 3 },
  { step: 3, trainLoss: 1, validLoss: 4 },
];
const other = {
  id: "ftjob-0123456789ab",
  steps: [
    { step: 2, trainLoss: 7 },
    { step: 4, trainLoss: 6, fullValidLoss: 8 },
  ],
} as OtherJob;
const names = (...of: Parameters<typeof curveData>) => curveData(...of).curves.map(({ name }) => name);

describe("curveData", () => {
  it("leaves single validation batches out once there are figures over the whole file, unless they are asked for", () => {
    expect(names({ steps }, lossMeasure)).toEqual(["train_loss", "full_valid_loss"]);
    expect(names({ steps }, lossMeasure, { batches: true })).toEqual(["train_loss", "valid_loss", "full_valid_loss"]);
    expect(names({ steps: [steps[0]!] }, lossMeasure)).toEqual(["train_loss", "valid_loss"]);
    expect([steps, [steps[0]!], []].map(hasBothValidations)).toEqual([true, false, false]);
  });

  it("lays training and validation of other jobs over them, on the steps of all", () => {
    const data = curveData({ steps }, lossMeasure, { others: [other] });
    expect(data.steps).toEqual([1, 2, 3, 4]);
    expect(data.curves.slice(2)).toEqual([
      {
        label: "01234567, training",
        name: "ftjob-0123456789ab_train_loss",
        kind: "training",
        other: 0,
        values: [null, 7, null, 6],
      },
      {
        label: "01234567, validation",
        name: "ftjob-0123456789ab_full_valid_loss",
        kind: "validation",
        other: 0,
        values: [null, null, null, 8],
      },
    ]);
  });

  it("smooths what is of batches alone", () => {
    const { curves } = curveData({ steps }, lossMeasure, { others: [other], smoothing: 0.5, batches: true });
    const smoothed = curves.filter((curve) => curve.smoothed).map(({ name }) => name);
    expect(smoothed).toEqual(["train_loss", "valid_loss", "ftjob-0123456789ab_train_loss"]);
  });
});

describe("valueAt", () => {
  const data = curveData({ steps }, lossMeasure, { smoothing: 0.5 });
  const [training, validation] = data.curves as [Curve, Curve];
  it.each<[string, Curve, number | undefined, CurveValue]>([
    ["a batch's loss at a step", training, 2, { value: 2, smoothed: 8 / 3, from: undefined }],
    ["the last batch's loss", training, undefined, { value: 1, smoothed: 12 / 7, from: undefined }],
    ["the latest over the whole file", validation, 3, { value: 3, from: 2 }],
    ["the last over the whole file", validation, undefined, { value: 3, from: 2 }],
    ["none before the first evaluation", validation, 1, {}],
    ["none before the first step", training, 0, {}],
  ])("%s", (_, curve, step, value) => {
    const found = valueAt(data, curve, step);
    expect({ ...found, smoothed: found.smoothed?.toFixed(9) }).toEqual({
      ...value,
      smoothed: value.smoothed?.toFixed(9),
    });
  });
});

it("chartCsv has a column per curve and its average, and empty cells where a step has none", () => {
  expect(chartCsv(curveData({ steps }, lossMeasure, { smoothing: 0.5 }))).toBe(
    `step,train_loss,train_loss_smoothed,full_valid_loss\n1,4,4,\n2,2,${8 / 3},3\n3,1,${12 / 7},\n`,
  );
});
