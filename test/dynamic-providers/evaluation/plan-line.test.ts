import { expect, it } from "@jest/globals";
import type { EvaluationCost } from "../../../dynamic-providers/evaluation/cost-in-words";
import { type Announced, evaluationPrices, planLine } from "../../../dynamic-providers/evaluation/plan-line";

const cost = (asking: number | null, hosting = 0, judging = 0): EvaluationCost => ({
  ...{ asking, judging, hosting },
  total: asking === null ? null : asking + judging + hosting,
});
const nothing: Announced = { caseCount: 24, opponents: [], temporary: [] };

it.each<[Announced, string, string | undefined]>([
  [nothing, "Evaluates the model on 24 cases: no calls, since all scores are known; it", undefined],
  [
    { ...nothing, cost: cost(0.004) },
    "Evaluates the model on 24 cases: less than $0.01; it is deployed only if it passes",
    "less than $0.01",
  ],
  [{ ...nothing, cost: cost(0.5) }, "Evaluates the model on 24 cases: about $0.50; it", "about $0.50"],
  [
    {
      ...nothing,
      model: "tutor",
      opponents: ["serving", "base"],
      temporary: ["Standard"],
      cost: cost(0.004, 1.7, 0.2),
    },
    "tutor: Evaluates the model on 24 cases against the serving model and the base model, on 1 temporary deployment (Standard): about $1.90 (asking less than $0.01, grading $0.20, hosting $1.70); it",
    "about $1.90 (asking less than $0.01, grading $0.20, hosting $1.70)",
  ],
  [
    { ...nothing, opponents: ["/subscriptions/s/a/deployments/old"], cost: cost(null) },
    "Evaluates the model on 24 cases against /subscriptions/s/a/deployments/old: usage with no price in the catalog; it",
    "usage with no price in the catalog",
  ],
])("%j: the price in its line is found again among the messages of a run", (announced, line, price) => {
  expect(planLine(announced)).toContain(line);
  const messages = `[plan] Trains: 1 job\n[plan] ${planLine(announced)}\n\nanother line: about $9; it is deployed\n`;
  const { model } = announced;
  expect(evaluationPrices(messages)).toEqual(price === undefined ? [] : [{ ...(model && { model }), price }]);
});
