import { describe, expect, it } from "@jest/globals";
import { diffJob } from "../../../dynamic-providers/fine-tuning-job/diff-job";
import type { FineTuningJobInputs, FineTuningJobState } from "../../../dynamic-providers/fine-tuning-job/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { jobArgs } from "./job-args";

const inputs: FineTuningJobInputs = {
  ...jobArgs,
  trainingKey: "key",
  marker: "marker",
  suffix: "ft-marker",
};
const state: FineTuningJobState = {
  ...inputs,
  stateVersion: 1,
  jobId: "ftjob-1",
  status: "pending",
  createdAt: 1,
  adopted: false,
  record: "present",
};

describe("diffJob", () => {
  it.each<[string, Partial<FineTuningJobInputs>, string[], string[]]>([
    ["nothing", {}, [], []],
    ["new file ids with the same content", { trainingFileId: "file-2" }, [], []],
    ["a file id unknown at preview", { trainingFileId: UNKNOWN }, [], []],
    ["another case of the account", { accountId: inputs.accountId.toUpperCase() }, [], []],
    ["another spelling of the region", { location: "North Central US" }, [], []],
    ["a renamed stack", { stack: "prod", marker: "other", suffix: "ft-other" }, [], []],
    ["its own id as existingJobId", { existingJobId: "ftjob-1" }, [], []],
    ["an unknown account", { accountId: UNKNOWN }, ["accountId"], []],
    ["another account", { accountId: inputs.accountId.replace(/a$/, "b") }, ["accountId"], []],
    ["another region", { location: "swedencentral" }, ["location"], []],
    ["another training", { trainingKey: "other" }, ["trainingKey"], []],
    ["a training unknown at preview", { trainingKey: UNKNOWN }, ["trainingKey"], []],
    ["somebody else's job", { existingJobId: "ftjob-2" }, ["existingJobId"], []],
    ["metadata", { metadata: { team: "a" } }, [], ["metadata"]],
    ["the suffix's base", { suffixBase: "new", suffix: "new-marker" }, [], ["suffixBase"]],
    ["pause", { paused: true }, [], ["paused"]],
    ["retain", { retain: { model: true } }, [], ["retain"]],
    ["a raised retry", { retry: 1 }, [], ["retry"]],
  ])("%s", (_name, more, replaces, updates) => {
    expect(diffJob(state, { ...inputs, ...more })).toMatchObject({ replaces, updates });
  });

  it("takes a lowered retry for nothing", () => {
    expect(diffJob({ ...state, retry: 3 }, { ...inputs, retry: 2 })).toEqual({
      replaces: [],
      updates: [],
      retryRaised: false,
    });
  });

  it("takes the removal of existingJobId for nothing", () => {
    const adopted: FineTuningJobState = { ...state, existingJobId: "ftjob-1", adopted: true };
    expect(diffJob(adopted, inputs)).toEqual({ replaces: [], updates: [], retryRaised: false });
  });
});
