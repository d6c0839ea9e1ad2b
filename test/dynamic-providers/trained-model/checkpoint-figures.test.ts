import { expect, it } from "@jest/globals";
import { checkpointsWithFigures } from "../../../dynamic-providers/trained-model/checkpoint-figures";

const remote = (step: number, metrics: Record<string, number>) => ({
  ...{ id: `ftchkpt-${step}`, fine_tuned_model_checkpoint: `m:ckpt-step-${step}`, step_number: step, metrics },
});
const steps = [
  { step: 1, trainReward: 0.1 },
  { step: 2, trainReward: 0.2, fullValidReward: 0.25 },
  { step: 3, trainReward: 0.3 },
  { step: 4, trainReward: 0.4, fullValidReward: 0.5 },
];

it("takes rewards from the results where the checkpoint has none: the last evaluation up to its step", () => {
  const found = checkpointsWithFigures([remote(3, { train_loss: 2 }), remote(1, {}), remote(4, {})], steps);
  expect(found.map(({ step, metrics }) => [step, metrics])).toEqual([
    [1, { step: 1, trainReward: 0.1 }],
    [3, { step: 3, trainLoss: 2, trainReward: 0.3, fullValidReward: 0.25 }],
    [4, { step: 4, trainReward: 0.4, fullValidReward: 0.5 }],
  ]);
});

it("leaves what the checkpoint says itself, and knows of no reward where there is none", () => {
  expect(checkpointsWithFigures([remote(4, { full_valid_mean_reward: 0.9 })], steps)[0]!.metrics).toEqual({
    ...{ step: 4, trainReward: 0.4, fullValidReward: 0.9 },
  });
  expect(checkpointsWithFigures([remote(9, {})], [{ step: 9, trainLoss: 1 }])[0]!.metrics).toEqual({ step: 9 });
});
