import { describe, expect, it } from "@jest/globals";
import type { RemoteEvent, RemoteJob } from "../../../azure-openai/remote-jobs";
import { TrainingPace } from "../../../dynamic-providers/trained-model/training-pace";

describe("TrainingPace", () => {
  const job = { hyperparameters: { n_epochs: 3, batch_size: 2 } } as unknown as RemoteJob;
  const step = (number: number, at: number): RemoteEvent => ({
    id: `e${number}`,
    created_at: at,
    level: "info",
    message: `Step ${number}: training loss=1.5`,
    type: "metrics",
  });
  const remaining = (...events: [step: number, at: number][]) => {
    const pace = new TrainingPace();
    pace.add(events.map(([number, at]) => step(number, at)).reverse());
    return pace.at(events.at(-1)![1] * 1000, job, 40).remainingMs;
  };

  it("estimates the end from the time that steps take", () => {
    const pace = new TrainingPace();
    pace.add([step(10, 200), step(5, 150)]);
    expect(pace.at(250_000, job, 11)).toEqual({
      step: 10,
      loss: 1.5,
      curve: [1.5, 1.5],
      totalSteps: 18,
      remainingMs: 30_000,
    });
  });

  it("goes by a step that is further than the events", () => {
    const pace = new TrainingPace();
    pace.add([step(5, 150), step(10, 200)]);
    expect(pace.at(250_000, job, 11, 14)).toMatchObject({ step: 14, remainingMs: 40_000 });
    expect(pace.at(250_000, job, 11, 9)).toMatchObject({ step: 10, remainingMs: 30_000 });
  });

  it("takes the number of steps that the service tells before its own", () => {
    const pace = new TrainingPace();
    pace.add([{ ...step(10, 200), message: "Step 10/25: training loss=1.5" }]);
    expect(pace.at(0, job, 11).totalSteps).toBe(25);
  });

  it("reads the rewards of a reinforcement job from the text or the data of an event, under both names", () => {
    const told = (events: Partial<RemoteEvent>[]) => {
      const pace = new TrainingPace();
      pace.add(events.map((event, index) => ({ ...step(index, index), ...event })));
      return pace.at(0, job, 11);
    };
    const figures = "full validation mean reward=0.68, full validation mean parse error=0.00";
    expect(
      told([
        { message: `Step 9/20 , train mean reward=0.40, ${figures}` },
        { message: "Step 10/20 , train mean reward=0.42" },
      ]),
    ).toMatchObject({ step: 10, totalSteps: 20, reward: 0.42, validationReward: 0.68, curve: [0.4, 0.42] });
    const scores = { train_reward_mean: 0.5, valid_reward_mean: 0.25 };
    expect(told([{ message: "Step", data: { step: 3, total_steps: 30, scores } }])).toMatchObject({
      ...{ step: 3, totalSteps: 30, reward: 0.5, validationReward: 0.25, loss: undefined },
    });
  });

  it("is not misled by the wait before the first step, as three jobs on Azure had it", () => {
    // Seconds: Training started., step 1, last step; the events between are every ten steps.
    for (const [started, first, last, steps] of [
      [1994, 2449, 3301, 448],
      [682, 1132, 1998, 448],
    ] as const) {
      const pace = new TrainingPace();
      const at = (number: number) => Math.round(first + ((last - first) * (number - 1)) / (steps - 1));
      pace.add([{ id: "s", created_at: started, level: "info", message: "Training started." }]);
      pace.add([step(1, at(1)), step(10, at(10)), step(20, at(20))]);
      const left = pace.at(
        at(20) * 1000,
        { hyperparameters: { n_epochs: 2, batch_size: 1 } } as never,
        224,
      ).remainingMs!;
      expect(Math.abs(left / 1000 / (last - at(20)) - 1)).toBeLessThan(0.05);
    }
  });

  it("leaves out stops, but not the seconds of quick steps", () => {
    expect(remaining([1, 100], [10, 190], [20, 290], [30, 3_690], [40, 3_790])).toBe(200_000);
    expect(remaining([1, 100], [10, 100], [20, 101], [30, 101], [40, 102])).toBeCloseTo((20 * 2_000) / 39);
  });

  it("estimates nothing from one look, or without the number of examples", () => {
    const pace = new TrainingPace();
    pace.add([step(10, 200)]);
    expect(pace.at(250_000, job, 11).remainingMs).toBeUndefined();
    pace.add([step(20, 300)]);
    expect(pace.at(300_000, job, undefined)).toEqual({
      step: 20,
      loss: 1.5,
      curve: [1.5, 1.5],
      totalSteps: undefined,
    });
  });

  it("has the curve in the order of their steps, whatever the order in which the events come", () => {
    const pace = new TrainingPace();
    const at = (number: number, loss: number) => ({
      ...step(number, number),
      message: `Step ${number}: training loss=${loss}`,
    });
    pace.add([at(30, 1)]);
    pace.add([at(20, 2), at(10, 3)]);
    expect(pace.at(0, job, 11).curve).toEqual([3, 2, 1]);
  });

  it("takes no step count from values that the service has not chosen yet", () => {
    const auto = { hyperparameters: { n_epochs: -1, batch_size: "auto" } } as unknown as RemoteJob;
    expect(new TrainingPace().at(0, auto, 11).totalSteps).toBeUndefined();
  });
});
