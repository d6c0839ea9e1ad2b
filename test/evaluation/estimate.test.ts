import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { estimateAsking } from "../../evaluation/estimate";
import { evaluate } from "../../evaluation/evaluate";
import { lessons, type RehearsedModels, rehearseModels } from "./rehearsed-models";

let models: RehearsedModels;
beforeAll(async () => {
  models = await rehearseModels();
});
afterAll(() => models.rehearsal.close());

it("is what a model that answers like the references costs, and a question that comes again counts once", async () => {
  const options = await models.options({ subjects: [models.good], cases: lessons(30).repeat(2), maxTokens: 200 });
  const [cost] = await estimateAsking(options.cases.cases, options.subjects, 200);
  const { summary } = await evaluate(options);
  // The rehearsal counts a prompt by the same published rule; on Azure the bill may differ by a few tokens.
  expect(cost!.promptTokens * 2).toBe(summary.models[0]!.tokens.prompt);
  expect(cost!.usd).toBeCloseTo(summary.spentUsd!, 6);
  expect(cost!.mostUsd).toBeGreaterThan(summary.spentUsd!);
});

it("guesses answers without a reference by the others', and knows no price without one", async () => {
  const { cases } = (await models.options({ cases: lessons(4) })).cases;
  const open = cases.map((one, index) => (index < 2 ? { ...one, reference: undefined } : one));
  const { rate: _, ...unpriced } = models.good;
  const [known, guessed] = [await estimateAsking(cases, [models.good]), await estimateAsking(open, [unpriced])];
  expect(Math.abs(known[0]!.answerTokens - guessed[0]!.answerTokens)).toBeLessThanOrEqual(2);
  expect(guessed[0]).not.toHaveProperty("usd");
});
