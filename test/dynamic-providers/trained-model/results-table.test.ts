import { describe, expect, it } from "@jest/globals";
import { metricsOf, parseResults } from "../../../dynamic-providers/trained-model/results-table";

describe("parseResults", () => {
  it("reads the columns as Azure's guide names them", () => {
    const csv =
      "step,train_loss,train_mean_token_accuracy,valid_loss,validation_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy\n" +
      "1,2.5,0.4,2.6,0.35,,\n2,2.0,0.5,,,2.2,0.45\n";
    expect(parseResults(csv)).toEqual([
      { step: 1, trainLoss: 2.5, trainTokenAccuracy: 0.4, validLoss: 2.6, validTokenAccuracy: 0.35 },
      { step: 2, trainLoss: 2, trainTokenAccuracy: 0.5, fullValidLoss: 2.2, fullValidTokenAccuracy: 0.45 },
    ]);
  });

  it("reads the names of the metrics API, in any order, with a BOM, blanks and columns it doesn't know", () => {
    const csv = "\uFEFFvalid_mean_token_accuracy, Step ,reward,valid_loss\r\n0.5,20,1,1.5\r\n0.4,10,1,1.9\r\n\r\n";
    expect(parseResults(csv)).toEqual([
      { step: 10, validLoss: 1.9, validTokenAccuracy: 0.4 },
      { step: 20, validLoss: 1.5, validTokenAccuracy: 0.5 },
    ]);
  });

  it.each([
    ["columns", "step,train_mean_reward,full_valid_mean_reward,pg_loss_sum\n5,0.25,,3\n10,0.5,0.75,2\n"],
    ["scores", "step,train_reward_mean,valid_reward_mean\n5,0.25,\n10,0.5,0.75\n"],
    // Of two spellings of one figure the column's counts, wherever it is.
    [
      "both",
      "step,valid_reward_mean,train_reward_mean,train_mean_reward,full_valid_mean_reward\n5,9,9,0.25,\n10,9,,0.5,0.75\n",
    ],
  ])(
    "reads rewards under the names of %s; a step without an evaluation has none of the validation file",
    (names, csv) => {
      expect(parseResults(csv)).toEqual([
        { step: 5, trainReward: 0.25, ...(names === "both" && { fullValidReward: 9 }) },
        { step: 10, trainReward: 0.5, fullValidReward: 0.75 },
      ]);
    },
  );

  it.each(["", "step,train_loss\n", "train_loss\n1.5\n", "step,train_loss\n,1.5\n", "step,train_loss\nx,1\n"])(
    "finds no step in %j",
    (csv) => {
      expect(parseResults(csv)).toEqual([]);
    },
  );

  it("takes no word for a number", () => {
    expect(parseResults("step,train_loss,valid_loss\n3,NaN,nan\n")).toEqual([{ step: 3 }]);
  });
});

it("metricsOf reads the rewards of an event, under both names", () => {
  const scores = { train_reward_mean: 0.5, valid_reward_mean: 0.75 };
  const read = { step: 10, trainReward: 0.5, fullValidReward: 0.75 };
  expect(metricsOf({ step: 10, total_steps: 20, scores }, 10)).toEqual(read);
  expect(metricsOf({ train_mean_reward: 0.5, full_valid_mean_reward: 0.75, scores: null }, 10)).toEqual(read);
});

it("metricsOf reads a checkpoint", () => {
  const figures = { step: 60, train_loss: 1, full_valid_loss: 2, full_valid_mean_token_accuracy: 0.5 };
  expect(metricsOf(figures, 60)).toEqual({ step: 60, trainLoss: 1, fullValidLoss: 2, fullValidTokenAccuracy: 0.5 });
});
