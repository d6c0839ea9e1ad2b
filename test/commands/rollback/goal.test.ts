import { expect, it } from "@jest/globals";
import { goalOf } from "../../../commands/rollback/goal";
import type { ModelVersion } from "../../../dynamic-providers/model-versions/schema";

const versions = (...all: [number, string][]) =>
  all.map(([version, status]) => ({ version, status })) as unknown as ModelVersion[];
const register = (...all: [number, string][]) => ({
  versions: versions(...all).map((one) => ({ ...one, jobId: `ftjob-${one.version}` })),
  jobId: `ftjob-${all[0]![0]}`,
});

it.each<[string, [number, string][], string, number | undefined]>([
  [
    "the one before",
    [
      [3, "serving"],
      [2, "kept"],
      [1, "kept"],
    ],
    "previous",
    2,
  ],
  [
    "the one before an earlier one that serves",
    [
      [3, "kept"],
      [2, "serving"],
      [1, "kept"],
    ],
    "previous",
    1,
  ],
  [
    "never a rejected one",
    [
      [3, "serving"],
      [2, "rejected"],
      [1, "kept"],
    ],
    "previous",
    1,
  ],
  [
    "the newest kept one, where none serves",
    [
      [3, "kept"],
      [2, "kept"],
    ],
    "previous",
    3,
  ],
  [
    "a number",
    [
      [3, "serving"],
      [2, "kept"],
      [1, "kept"],
    ],
    "1",
    1,
  ],
  [
    "a newer one",
    [
      [3, "kept"],
      [2, "serving"],
    ],
    "3",
    3,
  ],
  [
    "the current one, without a pin",
    [
      [3, "kept"],
      [2, "serving"],
    ],
    "current",
    undefined,
  ],
])("serves %s", (_name, all, to, pin) => {
  expect(goalOf(register(...all), to)).toEqual({ pin });
});

it.each<[string, [number, string][], string, string]>([
  [
    "none before",
    [[1, "serving"]],
    "previous",
    "there is no version before the current one. No other version in the stack can be deployed. Change the data or settings to train a new version (you will be charged for that training).",
  ],
  [
    "none that can serve",
    [[1, "rejected"]],
    "previous",
    "there is no version before the current one. No other version in the stack can be deployed. Rejected, so not offered: 1. Change a threshold in `evaluation` or `deploy.gate` (no charge), or change the data or settings to train a new version (you will be charged for that training).",
  ],
  [
    "none before, and a newer one that can serve",
    [
      [3, "kept"],
      [2, "serving"],
      [1, "rejected"],
    ],
    "previous",
    "there is no version before the current one. Versions in the stack: 3, 2 (serving). With --to, specify one of these numbers or current. Rejected, so not offered: 1.",
  ],
  [
    "no such number",
    [
      [2, "serving"],
      [1, "kept"],
    ],
    "7",
    "there is no version 7. Versions in the stack: 2 (serving), 1.",
  ],
  [
    "no number",
    [
      [2, "serving"],
      [1, "rejected"],
    ],
    "first",
    "there is no version first. No other version in the stack can be deployed. Rejected, so not offered: 1.",
  ],
])("%s: offers those that can serve", (_name, all, to, message) => {
  expect(() => goalOf(register(...all), to)).toThrow(message);
});

it("takes for the current one that of today's data, though it is not the newest", () => {
  const back = { ...register([3, "serving"], [2, "kept"], [1, "kept"]), jobId: "ftjob-1" };
  expect(goalOf(back, "current")).toEqual({ pin: undefined });
});
