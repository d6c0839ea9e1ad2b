import type { Evaluation } from "../../../evaluation/result";
import { compare } from "../../../evaluation/statistics/compare";
import { bootstrapMean } from "../../../evaluation/statistics/bootstrap";
import { judge, type Rule } from "../../../evaluation/statistics/rule";

/** Scores of models, the candidate's first; a row per case. */
export interface MadeUp {
  /** By the model's name for tables. */
  scores: Record<string, number[]>;
  rule?: Rule;
  /** In every text of a case: questions, references, answers. */
  mark?: string;
}

/** Results of an evaluation whose scores are given, with the statistics that a run computes. */
export function madeUp({ scores, rule = {}, mark = "" }: MadeUp): Evaluation {
  const names = Object.keys(scores);
  const count = scores[names[0]!]!.length;
  const models = names.map((name) => ({
    ...{ name, model: `model-of-${name}`, score: bootstrapMean(scores[name]!), usd: 0.012 },
    ...{ refused: 0, unfinished: 0, ungraded: 0, asked: count, tokens: { prompt: 40 * count, completion: 20 * count } },
  }));
  const comparisons = names.slice(1).map((name) => compare(name, scores[names[0]!]!, scores[name]!, 1));
  return {
    summary: {
      ...{ version: 1, cases: { sha256: "c".repeat(64), count }, models, comparisons, warnings: [], spentUsd: 0.02 },
      grader: { title: "text_similarity fuzzy_match", sha256: "d".repeat(64), width: 1 },
      verdict: judge(rule, models[0]!.score, comparisons),
    },
    cases: madeUpCases(scores, mark),
  };
}

/** The cases alone: thousands of them, without statistics that take as many draws. */
export function madeUpCases(scores: MadeUp["scores"], mark = ""): Evaluation["cases"] {
  const names = Object.keys(scores);
  return Array.from({ length: scores[names[0]!]!.length }, (_, row) => ({
    line: row + 1,
    messages: [
      { role: "system", content: `${mark} You teach.` },
      { role: "user", content: `${mark} Question ${row + 1}: what is a neuron?` },
    ],
    reference: `${mark} Reference ${row + 1}: a cell that passes signals on.`,
    answers: names.map((name) => ({
      text: `${mark} Answer ${row + 1} of ${name}: a cell, and the unit of a network.`,
      score: scores[name]![row]!,
    })),
  }));
}
