import { priceAnswer } from "../catalog";
import { graded } from "../graders/graded";
import { type Grader, sampleOf } from "../graders/grader";
import type { EvaluationCase } from "./cases/case";
import { Tokens } from "./running/cost";
import { DEFAULT_MAX_TOKENS, questionOf, verdictQuestion } from "./running/question";
import type { Subject } from "./running/subject";

/** Tokens of a judge's steps and verdict together [guess: two or three sentences]. */
const VERDICT_TOKENS = 200;

/** What asking one model costs, before anything is asked. */
export interface AskingCost {
  name: string;
  promptTokens: number;
  /** Answers as long as the references; where a case has none, as the other cases' on average. */
  answerTokens: number;
  /** USD of these tokens; absent where the price is not known. */
  usd?: number;
  /** USD at most: every answer has all its tokens. */
  mostUsd?: number;
}

/**
 * What an evaluation costs: the tokens of all questions, each different one once, at the prices of the models. Kept answers are not
 * taken off, and judges are not counted: how much they read depends on the answers.
 *
 * @param maxTokens - of an answer. Default 1,024.
 */
export async function estimateAsking(
  cases: readonly EvaluationCase[],
  subjects: readonly Pick<Subject, "name" | "model" | "rate">[],
  maxTokens = DEFAULT_MAX_TOKENS,
): Promise<AskingCost[]> {
  const questions = [...new Map(cases.map((one) => [one.hash, one])).values()];
  return Promise.all(
    subjects.map(async ({ name, model, rate }) => {
      const tokens = await Tokens.of(model);
      const promptTokens = questions.reduce((sum, one) => sum + tokens.prompt(one), 0);
      const answerTokens = answersOf(questions, tokens, maxTokens);
      if (!rate) return { name, promptTokens, answerTokens };
      const usd = priceAnswer({ prompt: promptTokens, cached: 0, completion: answerTokens }, rate);
      const mostUsd = questions.reduce((sum, one) => sum + tokens.most(questionOf(one, maxTokens), rate), 0);
      return { name, promptTokens, answerTokens, usd, mostUsd };
    }),
  );
}

/**
 * What the models that grade cost, for the answers of one model: they read the references in place of the answers.
 *
 * @param judges - by the name that the grader gives for them
 */
export async function estimateJudging(
  cases: readonly EvaluationCase[],
  grader: Grader,
  judges: Readonly<Record<string, Pick<Subject, "name" | "model" | "rate">>>,
): Promise<AskingCost[]> {
  return Promise.all(
    grader.judges.map(async (judge) => {
      const { name, model, rate } = judges[judge]!;
      const tokens = await Tokens.of(model);
      let promptTokens = 0;
      let answers = 0;
      for (const { item, line, reference = "" } of cases) {
        await graded(grader, sampleOf(reference), item, (question) => {
          if (question.model !== judge) return Promise.resolve(undefined);
          promptTokens += tokens.prompt(verdictQuestion(question, line));
          answers++;
          return Promise.resolve(undefined);
        });
      }
      const answerTokens = VERDICT_TOKENS * answers;
      if (!rate) return { name, promptTokens, answerTokens };
      const usd = priceAnswer({ prompt: promptTokens, cached: 0, completion: answerTokens }, rate);
      return { name, promptTokens, answerTokens, usd };
    }),
  );
}

function answersOf(questions: readonly EvaluationCase[], tokens: Tokens, maxTokens: number): number {
  const known = questions.flatMap(({ reference }) => (reference === undefined ? [] : [tokens.text(reference)]));
  const sum = known.reduce((total, count) => total + Math.min(count, maxTokens), 0);
  // Without any reference nothing is known: half of what is allowed.
  const average = known.length > 0 ? sum / known.length : maxTokens / 2;
  return Math.round(sum + average * (questions.length - known.length));
}
