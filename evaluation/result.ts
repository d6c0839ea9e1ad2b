import type { Comparison } from "./statistics/compare";
import type { Interval } from "./statistics/bootstrap";
import type { Verdict } from "./statistics/rule";
import type { WireMessage } from "../azure-openai/chat";

/** Figures of one model. */
export interface ModelFigures {
  name: string;
  /** What its answers are kept under: a tuned model's name, or `<name>@<version>`. */
  model: string;
  score: Interval;
  /** Cases that the service refuses to answer (content filter, length): they score the least. */
  refused: number;
  /** Answers that were cut off at the most tokens, or removed by the content filter. */
  unfinished: number;
  /** Answers that could not be graded as meant; they score the least. */
  ungraded: number;
  tokens: { prompt: number; completion: number };
  /** USD of the answers, whenever they were paid; absent where the price is not known. */
  usd?: number;
  /** Answers that this run asked for; the others were kept by an earlier one. */
  asked: number;
}

/** Everything that an evaluation says without text of a case or an answer. */
export interface EvaluationSummary {
  version: 1;
  /** A rehearsal service answered: the figures say nothing of Azure's models. */
  rehearsal?: true;
  cases: { sha256: string; count: number };
  /** `width`: most minus least that it gives; absent where a formula decides, and in files of the first version. */
  grader: { title: string; sha256: string; width?: number };
  /** The candidate first. */
  models: ModelFigures[];
  /** The candidate against each of the others. */
  comparisons: Comparison[];
  verdict: Verdict;
  /** Sentences. */
  warnings: string[];
  /** USD that this run spent, judges included; absent where a price is not known. */
  spentUsd?: number;
}

/** One case and what became of it. Holds texts. */
export interface EvaluatedCase {
  line: number;
  messages: WireMessage[];
  reference?: string;
  /** In the order of the models. */
  answers: EvaluatedAnswer[];
}

export interface EvaluatedAnswer {
  text: string;
  score: number;
  /** Scores of the graders inside a multi grader. */
  parts?: Record<string, number>;
  /** Why the score says little: see GradeProblem, or the service's refusal. */
  problem?: string;
}

/** The whole, for a file of the user's alone: summary and texts. */
export interface Evaluation {
  summary: EvaluationSummary;
  cases: EvaluatedCase[];
}
