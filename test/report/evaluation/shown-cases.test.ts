import { expect, it } from "@jest/globals";
import { withoutTexts } from "../../../report/evaluation/shown-cases";
import { madeUp } from "../../evaluation/results/made-up";

it("keeps lines and grades, and no text", () => {
  const { cases } = madeUp({ scores: { a: [1, 0.5], b: [0, 0.5] }, mark: "CANARY-2" });
  cases[0]!.answers[0]!.parts = { exact: 1 };
  cases[1]!.answers[1]!.problem = "filtered";
  const bare = withoutTexts(cases);
  expect(JSON.stringify(bare)).not.toMatch(/CANARY|neuron/);
  expect(bare).toEqual([
    { line: 1, answers: [{ score: 1, parts: { exact: 1 } }, { score: 0 }] },
    { line: 2, answers: [{ score: 0.5 }, { score: 0.5, problem: "filtered" }] },
  ]);
});
