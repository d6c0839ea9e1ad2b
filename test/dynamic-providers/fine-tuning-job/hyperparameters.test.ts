import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseSettings } from "../../../config";
import { checkArguments } from "../../../dynamic-providers/fine-tuning-job/check-arguments";
import {
  type HyperparameterName,
  hyperparameters,
  hyperparametersOf,
  METHODS,
} from "../../../dynamic-providers/fine-tuning-job/hyperparameters";
import { jobArgs } from "./job-args";

/** Settings with which each method is accepted. */
const settings = {
  supervised: { model: "gpt-4o-mini-2024-07-18" },
  dpo: { model: "gpt-4.1-2025-04-14" },
  reinforcement: { model: "o4-mini", location: "eastus2", grader: JSON.stringify({ type: "x" }) },
};

describe("the table of hyperparameters", () => {
  it("names each of them once for the service", () => {
    const wires = Object.values(hyperparameters).map(({ wire }) => wire);
    expect(new Set(wires).size).toBe(wires.length);
    for (const wire of wires) expect(wire).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
  });

  it.each([
    ["nEpochs", [1, 50, "auto"], [0, 51, 1.5, "1", Infinity, NaN, null]],
    ["learningRateMultiplier", [0.001, 10, "auto"], [0, -1, "0.1", Infinity, NaN]],
    ["promptLossWeight", [0, 0.5, 1], [-0.1, 1.1, "auto"]],
    ["beta", [0.1, 2, "auto"], [0, 2.1]],
    ["reasoningEffort", ["default", "low"], ["auto", "max", 1]],
    ["computeMultiplier", [0.0001, 10], [0.00001, 10.1]],
    ["evalSamples", [1, 1000], [0, 0.5]],
  ] as [HyperparameterName, unknown[], unknown[]][])("%s accepts %j and refuses %j", (name, accepted, refused) => {
    const { accepts } = hyperparameters[name].value;
    expect(accepted.filter((value) => !accepts(value))).toEqual([]);
    expect(refused.filter((value) => accepts(value))).toEqual([]);
  });

  it("the settings and the job never disagree on a value", () => {
    const names = Object.keys(hyperparameters) as HyperparameterName[];
    const value = fc.oneof(
      fc.integer({ min: -2, max: 300 }),
      fc.double({ min: -1, max: 11, noNaN: true }),
      fc.constantFrom("auto", "default", "low", "max"),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...METHODS), fc.constantFrom(...names), value, (method, name, value) => {
        const given = { method, hyperparameters: { [name]: value } };
        const job = checkArguments({ ...jobArgs, ...given, grader: method === "reinforcement" ? {} : undefined });
        expect(
          accepted(() =>
            parseSettings(
              { ...settings[method], method, hyperparameters: JSON.stringify(given.hyperparameters) },
              "dev",
            ),
          ),
        ).toBe(job.length === 0);
        const foreign = !hyperparametersOf(method).includes(name);
        expect(/has no hyperparameter/.test(job[0]?.reason ?? "")).toBe(foreign);
      }),
    );
  });
});

/** Whether the settings are accepted; what refuses them otherwise must be the hyperparameter. */
function accepted(call: () => unknown): boolean {
  try {
    call();
    return true;
  } catch (error) {
    const { message } = error as Error;
    if (!message.startsWith("hyperparameters.")) throw error;
    return false;
  }
}
