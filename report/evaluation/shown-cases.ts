import type { EvaluatedCase } from "../../evaluation/result";

/** A case as the page shows it; without its texts where the page is to be given away. */
export type ShownCase = Pick<EvaluatedCase, "line"> &
  Partial<Pick<EvaluatedCase, "messages" | "reference">> & { answers: ShownAnswer[] };

/** `problem` is one of the project's own phrases, and `parts` has the names of graders: neither has text of a case. */
export type ShownAnswer = Omit<EvaluatedCase["answers"][number], "text"> & { text?: string };

/** Cases with their scores alone. */
export function withoutTexts(cases: readonly ShownCase[]): ShownCase[] {
  return cases.map(({ line, answers }) => ({ line, answers: answers.map(({ text: _, ...scored }) => scored) }));
}
