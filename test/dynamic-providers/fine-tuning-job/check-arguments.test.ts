import { describe, expect, it } from "@jest/globals";
import { checkArguments } from "../../../dynamic-providers/fine-tuning-job/check-arguments";
import type { FineTuningJobArgs } from "../../../dynamic-providers/fine-tuning-job/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { jobArgs } from "./job-args";

const wrong: [string, Partial<Record<keyof FineTuningJobArgs, unknown>>, keyof FineTuningJobArgs, RegExp][] = [
  ["no model", { model: "" }, "model", /model is empty; expected a base model such as/],
  ["a method", { method: "rlhf" }, "method", /method is "rlhf"; expected supervised, dpo, reinforcement/],
  [
    "a foreign hyperparameter",
    { hyperparameters: { beta: 1 } },
    "hyperparameters",
    /method supervised has no hyperparameter beta; expected one of nEpochs, batchSize/,
  ],
  [
    "a negative one",
    { hyperparameters: { nEpochs: -1 } },
    "hyperparameters",
    /nEpochs is -1; expected a whole number from 1 to 50, or auto/,
  ],
  ["a text", { hyperparameters: { batchSize: "many" } }, "hyperparameters", /batchSize is "many"/],
  ["no grader", { method: "reinforcement" }, "grader", /needs a grader/],
  ["a grader too many", { grader: { type: "x" } }, "grader", /applies only to method reinforcement, not to supervised/],
  ["a seed", { seed: 1.5 }, "seed", /seed is 1.5; expected a whole number from 0 to 2147483647/],
  [
    "a training type",
    { trainingType: "Batch" },
    "trainingType",
    /"Batch"; expected Standard, DataZone, GlobalStandard, Developer/,
  ],
  ["a long suffix", { suffixBase: "0123456789" }, "suffixBase", /at most 9 characters from A-Z/],
  ["a dot in the suffix", { suffixBase: "a.b" }, "suffixBase", /suffixBase is "a.b"/],
  [
    "17 pairs",
    { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, "v"])) },
    "metadata",
    /17 pairs; expected at most 16/,
  ],
  ["a long value", { metadata: { key: "v".repeat(513) } }, "metadata", /"key" is too long/],
  [
    "a field that a setting sends",
    { extraBody: { n: 1, seed: 3 } },
    "extraBody",
    /^job\.extraBody\.seed is already set by `seed`: use that setting, and remove this field$/,
  ],
  ["a job's id", { existingJobId: "job-1" }, "existingJobId", /"job-1"; expected the id of a fine-tuning job/],
];

describe("checkArguments", () => {
  it("finds nothing in valid ones", () => {
    expect(checkArguments(jobArgs)).toEqual([]);
  });

  it.each(wrong)("refuses %s", (_name, more, property, reason) => {
    const failures = checkArguments({ ...jobArgs, ...more } as FineTuningJobArgs);
    expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
  });

  it.each(wrong)("waits with unknown values: %s", (_name, more, property) => {
    expect(checkArguments({ ...jobArgs, ...more, [property]: UNKNOWN } as FineTuningJobArgs)).toEqual([]);
  });

  it("tells all faults at once", () => {
    expect(checkArguments({ ...jobArgs, seed: -1, trainingType: "x", suffixBase: "a b" })).toHaveLength(3);
  });
});
