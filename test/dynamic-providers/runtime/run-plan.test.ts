import { describe, expect, it } from "@jest/globals";
import { modelNamed } from "../../../dynamic-providers/runtime/resource-types";
import { costKey, type JobPlan, RunPlan } from "../../../dynamic-providers/runtime/run-plan";

const key = costKey(
  { model: "gpt-4o-mini-2024-07-18", trainingType: "Standard", location: "northcentralus" },
  "finetune-job",
);
const fate = "the model of ftjob-1 will be deleted";

function plan() {
  const lines: string[] = [];
  return { lines, plan: new RunPlan((line) => lines.push(line)) };
}

describe("what speaks against a training", () => {
  const objections = { training: ["over the budget"], hosting: ["too dear"] };

  it("stops a run that trains, whichever is checked first", () => {
    const { plan: first } = plan();
    expect(first.objections.against(key, objections)).toEqual([]);
    expect(first.job("m", key, { does: "train" })).toEqual(["over the budget", "too dear"]);
    const { plan: second } = plan();
    expect(second.job("m", key, { does: "train again", because: ["seed"], oldModel: fate })).toEqual([]);
    expect(second.objections.against(key, objections)).toEqual(["over the budget", "too dear"]);
  });

  it.each<JobPlan>([
    { does: "keep", jobId: "ftjob-1" },
    { does: "take over", jobId: "ftjob-1" },
    { does: "continue", jobId: "ftjob-1", status: "running" },
  ])("stops nothing that pays for none: $does", (job) => {
    const { plan: run } = plan();
    run.objections.against(key, objections);
    expect(run.job("m", key, job)).toEqual([]);
    expect(run.objections.against(key, objections)).toEqual([]);
    // A deployment that is new has its own say.
    expect(run.objections.hosts()).toEqual(["too dear"]);
  });
});

describe("the line that says what a run does about training", () => {
  it("waits for the price, whichever comes first", () => {
    for (const priceFirst of [true, false]) {
      const { lines, plan: run } = plan();
      if (priceFirst) run.cost(key, { low: 0.02, high: 0.06 });
      run.job("m", key, { does: "train again", because: ["nEpochs 2 -> 3"], oldModel: fate });
      if (!priceFirst) run.cost(key, { low: 0.02, high: 0.06 });
      expect(lines).toEqual([
        "[plan] Trains again: 1 job, $0.02 to $0.06, because nEpochs 2 -> 3; the model of ftjob-1 will be deleted",
      ]);
    }
  });

  it("says of a job that is gone with its model that nothing is trained, and not that the model stays", () => {
    const { lines, plan: run } = plan();
    run.job("m", key, { does: "miss", jobId: "ftjob-1" });
    run.model("ftjob-1");
    expect(lines).toEqual([
      "[plan] Trains nothing: ftjob-1 and its model were deleted outside this stack; up trains again once training.retry is increased",
    ]);
  });

  it("is said once per job, and the second check of a replacement changes nothing about it", () => {
    const { lines, plan: run } = plan();
    run.job("m", key, { does: "train again", because: ["seed 1 -> 2"], oldModel: fate });
    run.job("m", key, { does: "train" });
    run.cost(key, { low: 1234.5, high: 1234.5 });
    run.job("m", key, { does: "keep", jobId: "ftjob-1" });
    run.cost(key, { low: 1234.5, high: 1234.5 });
    expect(lines).toEqual([
      "[plan] Trains again: 1 job, $1,234.50, because seed 1 -> 2; the model of ftjob-1 will be deleted",
    ]);
  });

  it("has the price of the region that the account moves to, though the engine first compares with the old one", () => {
    const moved = costKey(
      { model: "gpt-4o-mini-2024-07-18", trainingType: "Standard", location: "swedencentral" },
      "finetune-job",
    );
    const { lines, plan: run } = plan();
    run.job("m", key, { does: "train again", because: ["the account changes"], oldModel: fate });
    run.cost(moved, { low: 4, high: 4 });
    run.job("m", moved, { does: "train" }, undefined, true);
    expect(lines).toEqual([
      "[plan] Trains again: 1 job, $4.00, because the account changes; the model of ftjob-1 will be deleted",
    ]);
  });

  it("never takes a stack for one without a model because its account is replaced", () => {
    const { lines, plan: run } = plan();
    run.cost(key, { low: 4, high: 4 });
    run.job("m", key, { does: "train" }, undefined, true);
    expect(lines).toEqual([
      "[plan] Trains again: 1 job, $4.00, because the account changes, and models cannot be moved to another account; the old account will be deleted with its models, jobs and files",
    ]);
  });

  it("is said for each of two jobs, each with its own price", () => {
    const other = costKey(
      { model: "gpt-4.1-mini-2025-04-14", trainingType: "GlobalStandard", location: "eastus2" },
      "finetune-job",
    );
    const { lines, plan: run } = plan();
    run.job("a", key, { does: "train" });
    run.job("b", other, { does: "train" });
    run.cost(other, null);
    run.cost(key, { low: 3, high: 3 });
    expect(lines).toEqual([
      "[plan] Trains: 1 job, price not in the catalog, since this stack has no trained model",
      "[plan] Trains: 1 job, $3.00, since this stack has no trained model",
    ]);
  });

  it("needs no price where nothing is trained", () => {
    const { lines, plan: run } = plan();
    run.job("a", key, { does: "take over", jobId: "ftjob-3" });
    run.job("b", key, { does: "continue", jobId: "ftjob-4", status: "running" });
    run.job("c", key, { does: "continue", jobId: "ftjob-5", status: "succeeded", oldModel: fate });
    expect(lines).toEqual([
      "[plan] Trains nothing: adopts ftjob-3 (existingJobId)",
      "[plan] Trains nothing new: adopts ftjob-4 (running), which an earlier run of this stack submitted",
      `[plan] Trains nothing new: adopts ftjob-5 (succeeded), which an earlier run of this stack submitted; ${fate}`,
    ]);
  });

  it("is said of a job that stays once its model's resource knows what that means, and of no other", () => {
    const { lines, plan: run } = plan();
    run.job("a", key, { does: "keep", jobId: "ftjob-1" });
    run.job("b", key, { does: "keep", jobId: "ftjob-2" });
    expect(lines).toEqual([]);
    run.model("ftjob-2", "ftjob-2 was running when last seen; up only waits for it to end");
    run.model("ftjob-1");
    run.model("ftjob-1");
    run.model("ftjob-9");
    expect(lines).toEqual([
      "[plan] Trains nothing new: ftjob-2 was running when last seen; up only waits for it to end",
      "[plan] Trains nothing: the model of ftjob-1 is already trained",
    ]);
  });

  it.each([
    [{ path: "data/a.jsonl", before: 68, examples: 70 }, "data/a.jsonl changed (68 -> 70 examples)"],
    [{ path: "data/a.jsonl", before: 68, examples: 68 }, "data/a.jsonl changed (68 examples, as many as before)"],
    [{ path: "data/a.jsonl", examples: 70 }, "data/a.jsonl changed (70 examples)"],
  ])("tells a changed file by its examples: %j", (data, phrase) => {
    const { plan: run } = plan();
    run.dataset("abc", data);
    expect(run.dataChange("abc", "training")).toBe(phrase);
    expect(run.dataChange("def", "training")).toBe("the training data changed");
  });
});

describe("two models of the same base model, training type and region", () => {
  const [tutor, critic] = ["tutor-job", "critic-job"].map((job) =>
    costKey({ model: "gpt-4o-mini-2024-07-18", trainingType: "Standard", location: "northcentralus" }, job),
  ) as [string, string];
  const none = { training: [], hosting: [] };
  const over = { training: ["over the budget"], hosting: ["too dear"] };

  it.each([[[tutor, critic]], [[critic, tutor]]])("each is said by its name, with its own price: %j", (order) => {
    const { lines, plan: run } = plan();
    for (const key of order) run.cost(key, key === tutor ? { low: 1, high: 1 } : { low: 2, high: 2 });
    run.job("t", tutor, { does: "train" }, "tutor");
    run.job("c", critic, { does: "keep", jobId: "ftjob-c" }, "critic");
    run.model("ftjob-c");
    expect(lines).toEqual([
      "[plan] tutor: Trains: 1 job, $1.00, since this stack has no trained model",
      "[plan] critic: Trains nothing: the model of ftjob-c is already trained",
    ]);
  });

  it.each([[[tutor, critic]], [[critic, tutor]]])("a ceiling of one stops that one alone: %j", (order) => {
    const { plan: run } = plan();
    for (const key of order) run.objections.against(key, key === tutor ? over : none);
    expect(run.job("t", tutor, { does: "train" })).toEqual(["over the budget", "too dear"]);
    expect(run.job("c", critic, { does: "train" })).toEqual([]);
    run.objections.makes(tutor, "key-t");
    run.objections.makes(critic, "key-c");
    expect(run.objections.hosts("key-t")).toEqual(["too dear"]);
    expect(run.objections.hosts("key-c")).toEqual([]);
    // Whose model it is that somebody deploys by its name, nobody knows.
    expect(run.objections.hosts("another")).toEqual(["too dear"]);
  });

  it.each([
    [[{ path: "a.jsonl", before: 68, examples: 70 }], "a.jsonl changed (68 -> 70 examples)"],
    [
      [
        { path: "a.jsonl", before: 68, examples: 70 },
        { path: "a.jsonl", before: 68, examples: 70 },
      ],
      "a.jsonl changed (68 -> 70 examples)",
    ],
    [
      [
        { path: "a.jsonl", before: 68, examples: 70 },
        { path: "b.jsonl", before: 12, examples: 70 },
      ],
      "the training data changed (70 examples)",
    ],
  ])("rows that several are trained on: %j", (datasets, phrase) => {
    const { plan: run } = plan();
    for (const data of datasets) run.dataset("sha", data);
    expect(run.dataChange("sha", "training")).toBe(phrase);
  });
});

it.each([
  ["finetune-job", undefined],
  ["critic-job", "critic"],
  ["job", "job"],
])("the job %s is of the model %s", (job, name) => expect(modelNamed(job)).toBe(name));
