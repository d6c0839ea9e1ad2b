import { describe, expect, it } from "@jest/globals";
import { gateWarning } from "../../../commands/preview-summary/gate-warning";
import type { Pipeline } from "../../../commands/preview-summary/pipeline";
import type { Properties, Step } from "../../../commands/preview-summary/steps";

const step = (operation: Step["operation"], old: Properties, next: Properties) =>
  ({ type: "x", name: "x", operation, old, new: next, outputs: {} }) as unknown as Step;

const pipeline = (
  gate: object | undefined,
  job: Step["operation"] = "replace",
  final?: object,
  before: object | undefined = gate,
): Pipeline => ({
  all: [],
  datasets: [],
  files: [],
  job: step(job, {}, {}),
  model: step("replace", { ...(final && { final }), ...(before && { gate: before }) }, { ...(gate && { gate }) }),
});

describe("gateWarning", () => {
  it("says what the gate asks of a model that is still to be trained", () => {
    expect(gateWarning(pipeline({ maxValidationLoss: 0.5, minTokenAccuracy: 0.9 }))).toEqual([
      "The new model is deployed only if it has a validation loss of at most 0.5 and a token accuracy of at least 0.9. You are charged for the training either way.",
    ]);
  });

  it("says that the model that is there would miss it, with its figure", () => {
    const final = { step: 204, fullValidLoss: 7.777 };
    expect(gateWarning(pipeline({ maxValidationLoss: 0.0001 }, "replace", final))).toEqual([
      expect.stringMatching(
        /charged for the training either way\. The current model would not be deployed: its validation loss is 7\.777, above maxValidationLoss 0\.0001\.$/,
      ),
    ]);
    expect(gateWarning(pipeline({ maxValidationLoss: 8 }, "replace", final))).toEqual([
      expect.not.stringContaining("current"),
    ]);
  });

  it("says it of rewards too, by the last evaluation where the last step had none", () => {
    const found = pipeline({ minReward: 0.8 }, "replace", { step: 12, trainReward: 1 });
    found.model!.old = { ...found.model!.old, validationReward: { first: 0, last: 0.25, best: 0.25, bestStep: 10 } };
    expect(gateWarning(found)).toEqual([
      "The new model is deployed only if it has a validation reward of at least 0.8. You are charged for the training either way. The current model would not be deployed: its validation reward is 0.2500, below minReward 0.8.",
    ]);
  });

  it.each([
    [{ maxValidationLoss: 1 }, {}, /Previously, there was no gate\.$/],
    [{ maxValidationLoss: 1 }, { maxValidationLoss: 2 }, /Previously, the gate required .* of at most 2\.$/],
    [
      {},
      { minTokenAccuracy: 0.5 },
      /^The new model is deployed regardless of its metrics\. Previously, .* of at least 0\.5\.$/,
    ],
  ])("names the gate that changes with a retraining: %j, before %j", (gate, before, line) => {
    expect(gateWarning(pipeline(gate, "replace", undefined, before))).toEqual([expect.stringMatching(line)]);
    // Of a first training there is no gate before.
    expect(gateWarning(pipeline(gate, "create", undefined, before)).join()).not.toMatch(/Previously/);
  });

  it("says of a running job on what its model depends", () => {
    const running = {
      ...pipeline({ maxValidationLoss: 1 }, "same"),
      model: step("update", {}, { gate: { maxValidationLoss: 1 } }),
    };
    expect(gateWarning(running)).toEqual([
      "When the job has finished, its model is deployed only if it has a validation loss of at most 1.",
    ]);
  });

  it("says nothing without a gate, or where nothing is trained", () => {
    expect(gateWarning(pipeline(undefined))).toEqual([]);
    const same = step("same", {}, { gate: { maxValidationLoss: 1 } });
    expect(gateWarning({ ...pipeline({ maxValidationLoss: 1 }, "same"), model: same })).toEqual([]);
    expect(gateWarning({ all: [], datasets: [], files: [] })).toEqual([]);
  });
});
