import { describe, expect, it } from "@jest/globals";
import { duration, progressLine } from "../../../dynamic-providers/trained-model/progress-line";

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
