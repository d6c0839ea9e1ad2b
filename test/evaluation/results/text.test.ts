import { stripVTControlCharacters } from "node:util";
import { afterEach, expect, it, jest } from "@jest/globals";
import type * as Output from "../../../evaluation/results/text";
import stringWidth from "string-width";
import { evaluationOutput } from "../../../evaluation/results/text";
import type { EvaluationSummary } from "../../../evaluation/result";

const figures = { refused: 0, unfinished: 0, ungraded: 0, tokens: { prompt: 900, completion: 300 }, asked: 40 };
const summary: EvaluationSummary = {
  version: 1,
  cases: { sha256: "a", count: 40 },
  grader: { title: "text_similarity fuzzy_match", sha256: "b" },
  models: [
    { ...figures, name: "new", model: "m1", score: { mean: 0.8124, low: 0.75, high: 0.87 }, usd: 0.004 },
    { ...figures, name: "old\u001b[2J", model: "m2", score: { mean: 0.7, low: 0.6, high: 0.8 }, refused: 1 },
  ],
  comparisons: [
    {
      ...{ against: "old", wins: 25, ties: 5, losses: 10 },
      difference: { mean: 0.1124, low: -0.01, high: 0.2 },
      regressions: { mean: 0.05, low: 0, high: 0.125 },
    },
  ],
  verdict: {
    passed: false,
    checks: [
      { rule: "minScore", bound: 0.8, value: 0.8124, passed: true },
      { rule: "maxRegressions", against: "old", bound: 0.02, value: 0.05, passed: false },
    ],
  },
  warnings: ["3 cases are few."],
  spentUsd: 1.5,
};

it("shows models, comparison, rules, warnings and cost, and nothing that steers a terminal", () => {
  expect(stripVTControlCharacters(evaluationOutput(summary))).toMatchInlineSnapshot(`
   "┌──────────────┬───────┬────────────────┬─────────┬─────────────────┐
   │ deployment   │ score │ 95% interval   │ refused │ answers cost    │
   ├──────────────┼───────┼────────────────┼─────────┼─────────────────┤
   │ new          │ 0.812 │ 0.750 to 0.870 │ 0       │ less than $0.01 │
   ├──────────────┼───────┼────────────────┼─────────┼─────────────────┤
   │ old\\u001b[2J │ 0.700 │ 0.600 to 0.800 │ 1       │ price unknown   │
   └──────────────┴───────┴────────────────┴─────────┴─────────────────┘
   ┌─────────────┬────────────┬──────────────────┬──────────────────────┬───────────────┐
   │ new against │ difference │ 95% interval     │ wins / ties / losses │ clearly worse │
   ├─────────────┼────────────┼──────────────────┼──────────────────────┼───────────────┤
   │ old         │ +0.112     │ -0.010 to +0.200 │ 25 / 5 / 10          │ 5.0%          │
   └─────────────┴────────────┴──────────────────┴──────────────────────┴───────────────┘
   warning: 3 cases are few.
   ok     minScore: 0.812, expected at least 0.800
   failed maxRegressions against old: 5.0%, expected at most 2.0%
   Not passed.
   This run spent $1.50."
  `);
});

it.each([60, 80, 110])("its tables fit into a terminal of %i columns, names of real length", (columns) => {
  const named = (name: string) => ({ ...summary.models[0]!, name });
  const names = ["gpt-4o-mini-2024-07-18-ft", "evaluation-0123456789-abcdef"];
  const [comparison] = summary.comparisons;
  const real = { ...summary, models: names.map(named), comparisons: [{ ...comparison!, against: names[1]! }] };
  const text = stripVTControlCharacters(evaluationOutput(real, { columns }));
  const [tables = ""] = text.split("\nwarning: ");
  for (const line of tables.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  for (const name of names) expect(text).toContain(name);
  expect(text).toMatch(columns === 110 ? /^┌/ : /95% interval/);
});

it("leaves out what there is not", () => {
  const { spentUsd: _, ...rest } = summary;
  const alone = {
    ...rest,
    models: [summary.models[1]!],
    comparisons: [],
    warnings: [],
    verdict: { passed: true, checks: [] },
  };
  const text = stripVTControlCharacters(evaluationOutput(alone));
  expect(text).toContain("price unknown");
  expect(text).not.toMatch(/against|Passed|spent|warning/);
});

const colors = { NO_COLOR: process.env.NO_COLOR, FORCE_COLOR: process.env.FORCE_COLOR };
afterEach(() => {
  for (const [name, value] of Object.entries(colors)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

it("is colored on a terminal, by escape sequences that are whole", () => {
  delete process.env.NO_COLOR;
  process.env.FORCE_COLOR = "1";
  jest.resetModules();
  const colored = jest.requireActual<typeof Output>("../../../evaluation/results/text");
  const text = colored.evaluationOutput(summary);
  for (const part of [
    "\u001b[33mwarning: 3 cases",
    "\u001b[32mok\u001b[39m",
    "\u001b[31mfailed\u001b[39m",
    "\u001b[1mNot passed.",
  ])
    expect(text).toContain(part);
  expect(stripVTControlCharacters(text)).toBe(stripVTControlCharacters(evaluationOutput(summary)));
  expect(JSON.parse(colored.evaluationOutput(summary, { json: true }))).toEqual(summary);
  expect(colored.evaluationOutput(summary, { json: true })).not.toContain("\u001b");
});
