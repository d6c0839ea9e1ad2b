import { describe, expect, it } from "@jest/globals";
import { chooseModel, stackChoices } from "../../stack/choose-model";
import { stackModels } from "../../stack/stack-models";
import { notServing, oneOfSeveral, stateOf, withRegister } from "./model-in-state";

const two = stateOf(oneOfSeveral("tutor", "tutor-1a2b3c"), oneOfSeveral("critic"));

describe("the model that a command is about", () => {
  it.each([
    ["tutor", "ftjob-tutor"],
    ["tutor-1a2b3c", "ftjob-tutor"],
    ["critic", "ftjob-critic"],
  ])("--model %s", (named, jobId) => {
    const { job, model: trained, deployment } = stackModels(chooseModel(two, "dev", named));
    expect([job?.jobId, trained?.jobId]).toEqual([jobId, jobId]);
    expect(deployment?.name).toBe(named === "critic" ? undefined : "tutor-1a2b3c");
  });

  it.each([
    [
      two,
      undefined,
      "stack dev has 2 models: critic (not deployed), tutor (deployment tutor-1a2b3c). Choose one with --model, e.g. --model critic.",
    ],
    [two, "judge", 'stack dev has no model "judge"; it has critic (not deployed), tutor (deployment tutor-1a2b3c).'],
    [stateOf(), "judge", 'stack dev has no model "judge"; it has none.'],
    [
      stateOf(oneOfSeveral("tutor", "last", "best")),
      "tutor",
      "stack dev has 2 deployments of tutor: tutor (deployment last), tutor (deployment best). Choose one with --model and the name of a deployment.",
    ],
  ])("is asked for in one sentence", (given, named, message) => {
    expect(() => chooseModel(given, "dev", named)).toThrow(message);
  });

  it.each([
    [stateOf()],
    [stateOf(oneOfSeveral("tutor"))],
    [stateOf(oneOfSeveral("tutor", "tutor"))],
    [stateOf(withRegister(oneOfSeveral("tutor", "tutor")))],
    // Nothing is deployed: the first model was rejected, is still trained, or failed.
    [stateOf(withRegister(oneOfSeveral("finetune")), notServing("serving"))],
    [stateOf(oneOfSeveral("finetune"), notServing("serving"))],
    [stateOf(notServing("serving"))],
  ])("needs no name: %#", (given) => {
    expect(chooseModel(given, "dev")).toBe(given);
    expect(stackChoices(given).length).toBeLessThan(2);
  });

  it("counts no component that serves nothing yet", () => {
    const state = stateOf(oneOfSeveral("tutor", "tutor"), oneOfSeveral("critic"), notServing("serving-critic"));
    expect(stackChoices(state).map(({ name }) => name)).toEqual(["critic", "tutor"]);
    expect(stackModels(chooseModel(state, "dev", "critic")).job?.jobId).toBe("ftjob-critic");
  });
});
