import { describe, expect, it } from "@jest/globals";
import { progressLine } from "../../../dynamic-providers/trained-model/progress-line";

const minutes = (count: number) => count * 60_000;

describe("progressLine", () => {
  it.each([
    [
      "the middle of a training",
      { step: 30, totalSteps: 180, loss: 1.23456, curve: [3, 2, 1.23456], remainingMs: minutes(17.2) },
      "16% · 18 min left · step 30/180 · loss 1.235 · █▄▁ · running 12 min",
    ],
    [
      "an overdue one",
      { step: 180, totalSteps: 180, loss: 0.5, remainingMs: -5 },
      "99% · then the safety evaluation · step 180/180 · loss 0.5000 · running 12 min",
    ],
    [
      "a reinforcement job",
      { step: 30, totalSteps: 60, reward: 0.42, validationReward: 0.68, curve: [0, 0.42], remainingMs: minutes(30) },
      "50% · 30 min left · step 30/60 · reward 0.4200 · validation reward 0.6800 · ▁█ · running 12 min",
    ],
    ["one whose length is not known", { step: 10 }, "running 12 min · step 10"],
    ["one that has not begun", {}, "running 12 min"],
  ])("%s begins with what moves", (_what, pace, line) => {
    expect(progressLine("running", minutes(12), { curve: [], ...pace })).toBe(line);
  });

  it("tells no share of a job that has ended", () => {
    expect(progressLine("succeeded", 5_000, { step: 200, totalSteps: 204, loss: 3, curve: [], remainingMs: 9 })).toBe(
      "succeeded 5 s · step 200/204 · loss 3.000",
    );
  });
});
