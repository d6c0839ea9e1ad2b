import { describe, expect, it } from "@jest/globals";
import type { RemoteEvent, RemoteJob } from "../../../azure-openai/remote-jobs";
import { duration, progressLine } from "../../../dynamic-providers/trained-model/progress-line";
import { TrainingPace } from "../../../dynamic-providers/trained-model/training-pace";

const minutes = (count: number) => count * 60_000;

describe("progressLine", () => {
  it("tells status, step, loss and time left", () => {
    const pace = { step: 30, totalSteps: 180, loss: 1.23456, losses: [3, 2, 1.23456], remainingMs: minutes(17.2) };
    expect(progressLine("running", minutes(12), pace)).toBe(
      "running 12m · step 30 of ~180 · 16 % · loss 1.235 █▄▁ · about 18 min left",
    );
  });

  it("tells no share of a job that has ended", () => {
    expect(progressLine("succeeded", 5_000, { step: 200, totalSteps: 204, loss: 3, losses: [] })).toBe(
      "succeeded 5s · step 200 of ~204 · loss 3.000",
    );
  });

  it.each([
    [{}, "pending 5s"],
    [{ step: 10 }, "pending 5s · step 10"],
    [{ step: 10, totalSteps: 10, loss: 0.5, remainingMs: -5 }, "pending 5s · step 10 of ~10 · 99 % · loss 0.5000"],
  ])("leaves out what is not known: %j", (pace, line) => {
    expect(progressLine("pending", 5_000, { losses: [], ...pace })).toBe(line);
  });
});

it.each([
  [0, "0s"],
  [59_999, "59s"],
  [minutes(1), "1m"],
  [minutes(65), "1h 05m"],
  [-5, "0s"],
])("duration of %d ms is %s", (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

describe("TrainingPace", () => {
  const job = { hyperparameters: { n_epochs: 3, batch_size: 2 } } as unknown as RemoteJob;
  const step = (number: number, at: number): RemoteEvent => ({
    id: `e${number}`,
    created_at: at,
    level: "info",
    message: `Step ${number}: training loss=1.5`,
    type: "metrics",
  });
  const started: RemoteEvent = { id: "s", created_at: 100, level: "info", message: "Training started." };

  it("estimates the end from the time that steps take", () => {
    const pace = new TrainingPace();
    pace.add([step(10, 200), started]);
    expect(pace.at(250_000, job, 11)).toEqual({
      step: 10,
      loss: 1.5,
      losses: [1.5],
      totalSteps: 18,
      remainingMs: 30_000,
    });
  });

  it("estimates nothing from one look, or without the number of examples", () => {
    const pace = new TrainingPace();
    pace.add([step(10, 200)]);
    expect(pace.at(250_000, job, 11).remainingMs).toBeUndefined();
    pace.add([step(20, 300)]);
    expect(pace.at(300_000, job, undefined)).toEqual({
      step: 20,
      loss: 1.5,
      losses: [1.5, 1.5],
      totalSteps: undefined,
    });
  });

  it("has the losses in the order of their steps, whatever the order in which the events come", () => {
    const pace = new TrainingPace();
    const at = (number: number, loss: number) => ({
      ...step(number, number),
      message: `Step ${number}: training loss=${loss}`,
    });
    pace.add([at(30, 1)]);
    pace.add([at(20, 2), at(10, 3)]);
    expect(pace.at(0, job, 11).losses).toEqual([3, 2, 1]);
  });

  it("takes no step count from values that the service has not chosen yet", () => {
    const auto = { hyperparameters: { n_epochs: -1, batch_size: "auto" } } as unknown as RemoteJob;
    expect(new TrainingPace().at(0, auto, 11).totalSteps).toBeUndefined();
  });
});
