import { expect, it } from "@jest/globals";
import { modelToEvaluate } from "../../../commands/evaluate/model-to-evaluate";
import { evaluateProgram, type EvaluateOptions } from "../../../commands/evaluate/options";
import { stackFacts } from "../../../report/stack-facts";
import { servedNow } from "../../../stack/served-now";
import { oneOfSeveral, stateOf } from "../../stack/model-in-state";

const optionsOf = (...args: string[]) => evaluateProgram().parse(args, { from: "user" }).opts<EvaluateOptions>();
const two = stateOf(oneOfSeveral("critic", "critic-aaaaaa"), oneOfSeveral("tutor", "tutor-bbbbbb"));
const served = (...args: string[]) => servedNow(stackFacts(modelToEvaluate(two, "dev", optionsOf(...args)))!);

it.each([
  ["the named one", ["--model", "tutor"], "tutor-bbbbbb"],
  ["the one whose deployment comes first", ["-d", "TUTOR-bbbbbb", "-d", "critic-aaaaaa"], "tutor-bbbbbb"],
  [
    "the one that is deployed in the account, beside another's",
    ["-d", "gpt-4o", "-d", "critic-aaaaaa"],
    "critic-aaaaaa",
  ],
])("of two models, %s", (_which, args, deployment) => {
  expect(served(...args)?.deploymentName).toBe(deployment);
});

it("of none where the command line names all that a model would give", () => {
  const state = modelToEvaluate(two, "dev", optionsOf("-d", "gpt-4o", "--cases", "cases.jsonl"));
  expect(stackFacts(state)).toMatchObject({ accountName: "tutors", datasets: [] });
  expect(servedNow(stackFacts(state)!)).toBeUndefined();
});

it.each([[[]], [["-d", "gpt-4o"]], [["--cases", "cases.jsonl"]]])("has to be told which one: %j", (args) => {
  expect(() => modelToEvaluate(two, "dev", optionsOf(...args))).toThrow(
    "stack dev has 2 models: critic (deployment critic-aaaaaa), tutor (deployment tutor-bbbbbb). Choose one with --model, e.g. --model critic.",
  );
});
