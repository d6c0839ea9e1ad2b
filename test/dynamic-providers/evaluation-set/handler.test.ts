import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { evaluationSetHandler } from "../../../dynamic-providers/evaluation-set/handler";
import type { EvaluationSetInputs } from "../../../dynamic-providers/evaluation-set/schema";
import { costKey } from "../../../dynamic-providers/runtime/run-plan";
import { type Evaluated, rehearseEvaluation } from "../evaluation/evaluated";

const here = process.cwd();
let one: Evaluated;
beforeAll(async () => {
  one = await rehearseEvaluation();
});
afterAll(async () => {
  process.chdir(here);
  await one.rehearsal.close();
});

/** Sentences that stop a run which trains, in whichever order job and cases are checked, and one that doesn't. */
async function said(more: Partial<EvaluationSetInputs>) {
  const {
    candidate: _,
    trainingKey: _key,
    project: _project,
    stack: _stack,
    waitMinutes: _wait,
    ...given
  } = one.inputs;
  const inputs: EvaluationSetInputs = { ...given, trainingType: "Standard", ...more };
  const key = costKey({ ...inputs, model: inputs.baseModel }, inputs.job);
  const check = async (trainsFirst: boolean) => {
    const context = one.rehearsal.newProcess();
    if (trainsFirst) context.plan.objections.trains(key);
    const { inputs: checked, failures } = await evaluationSetHandler(context).check(undefined as never, inputs);
    return { checked, reasons: failures.map(({ reason }) => reason), later: context.plan.objections.trains(key) };
  };
  const [first, second] = [await check(true), await check(false)];
  return { training: first.reasons, later: second.later, always: second.reasons, checked: second.checked };
}

it("finds what is known of cases and grader", async () => {
  const { checked, training, always } = await said({});
  expect([training, always]).toEqual([[], []]);
  expect(checked).toMatchObject({ caseCount: 24, graderTitle: "text_similarity fuzzy_match" });
  expect(checked.test).toMatch(/^[0-9a-f]{64}$/);
});

describe("what a model that is trained now could not be evaluated by", () => {
  it.each<[string, Partial<EvaluationSetInputs>, RegExp]>([
    ["a limit below its own cost", { maxUsd: 1 }, /^The evaluation would cost about \$1\.70/],
    [
      "an opponent that is not there",
      { against: ["nobody"] },
      /^evaluation\.against contains nobody, but there is no deployment/,
    ],
  ])("%s stops a training alone", async (_, more, sentence) => {
    const { training, later, always } = await said(more);
    expect(training).toEqual([expect.stringMatching(sentence)]);
    expect(later).toEqual(training);
    expect(always).toEqual([]);
  });

  it("a file that can't be read stops every run", async () => {
    expect((await said({ cases: "nowhere.jsonl" })).always).toEqual([expect.stringMatching(/nowhere\.jsonl/)]);
  });
});

it("changes with the cases or the grader, and with nothing else", async () => {
  const handler = evaluationSetHandler(one.rehearsal.newProcess());
  const { checked: olds } = await said({});
  const diff = async (more: Partial<EvaluationSetInputs>) => handler.diff("id", olds, (await said(more)).checked);
  expect(await diff({ maxUsd: 7, against: [], rule: {} })).toEqual({ changes: false });
  expect(await diff({ maxTokens: 9 })).toEqual({ changes: true });
});
