import type { EvaluationCase } from "../cases/case";
import { graded } from "../../graders/graded";
import { type Grade, type Grader, sampleOf } from "../../graders/grader";
import type { Asker } from "./asker";
import type { Askers } from "./askers";
import type { KeptAnswer } from "./journal";
import { questionOf, verdictQuestion } from "./question";

/** An answer and its grade. */
export interface GradedAnswer {
  kept: KeptAnswer;
  grade: Grade;
}

/** Asks one case, and grades the answer; what the service refuses to answer scores the least. */
export async function evaluateCase(
  one: EvaluationCase,
  asker: Asker,
  grader: Grader,
  askers: Askers,
  maxTokens: number,
): Promise<GradedAnswer> {
  const kept = await asker.answer(questionOf(one, maxTokens));
  if (kept.refused !== undefined) return { kept, grade: { score: leastOf(grader) } };
  const grade = await graded(grader, sampleOf(kept.text), one.item, async (question) => {
    const verdict = await askers.judge(question.model).answer(verdictQuestion(question, one.line));
    return verdict.refused === undefined ? verdict.text : undefined;
  });
  return { kept, grade };
}

/** Of a formula, whose range is not known, 0. */
function leastOf({ range: { least } }: Grader): number {
  return Number.isFinite(least) ? least : 0;
}
