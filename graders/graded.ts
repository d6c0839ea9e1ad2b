import type { AskJudge, Grade, Grader, Sample } from "./grader";
import { MissingValue } from "./template";

/** Grades an answer; one that lacks what the grader reads gets the least. */
export async function graded(
  grader: Grader,
  sample: Sample,
  item: Readonly<Record<string, unknown>>,
  ask: AskJudge,
): Promise<Grade> {
  try {
    return await grader.grade(sample, item, ask);
  } catch (error) {
    if (!(error instanceof MissingValue)) throw error;
    return { score: grader.range.least, problem: "no such value" };
  }
}
