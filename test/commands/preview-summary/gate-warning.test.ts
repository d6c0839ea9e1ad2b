import { describe, expect, it } from "@jest/globals";
import { gateWarning } from "../../../commands/preview-summary/gate-warning";
import type { Pipeline } from "../../../commands/preview-summary/pipeline";
import type { Properties, Step } from "../../../commands/preview-summary/steps";

const step = (operation: Step["operation"], old: Properties, next: Properties) =>
  ({ type: "x", name: "x", operation, old, new: next, outputs: {} }) as unknown as Step;

const pipeline = (gate: object | undefined, job: Step["operation"] = "replace", final?: object): Pipeline => ({
  all: [],
  datasets: [],
  files: [],
  job: step(job, {}, {}),
  model: step("replace", { ...(final && { final }) }, { ...(gate && { gate }) }),
});

describe("gateWarning", () => {
  it("says what the gate asks of a model that is still to be trained", () => {
    expect(gateWarning(pipeline({ maxValidationLoss: 0.5, minTokenAccuracy: 0.9 }))).toEqual([
      "The new model is deployed only with a validation loss of at most 0.5 and a token accuracy of at least 0.9; the training is paid for either way.",
    ]);
  });

  it("says that the model that is there would miss it, with its figure", () => {
    const final = { step: 204, fullValidLoss: 7.777 };
    expect(gateWarning(pipeline({ maxValidationLoss: 0.0001 }, "replace", final))).toEqual([
      expect.stringMatching(
        /paid for either way\. The current model would not be deployed: its validation loss is 7\.777, above maxValidationLoss 0\.0001\.$/,
      ),
    ]);
    expect(gateWarning(pipeline({ maxValidationLoss: 8 }, "replace", final))).toEqual([
      expect.not.stringContaining("current"),
    ]);
  });

  it("says nothing without a gate, or where nothing is trained", () => {
    expect(gateWarning(pipeline(undefined))).toEqual([]);
    expect(gateWarning(pipeline({ maxValidationLoss: 1 }, "same"))).toEqual([]);
    expect(gateWarning({ all: [], datasets: [], files: [] })).toEqual([]);
  });
});
