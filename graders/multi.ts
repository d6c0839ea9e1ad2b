import type { Formula } from "./formula";
import type { Grade, Grader, GraderSpec } from "./grader";
import { graded } from "./graded";

/** `multi`: graders by name, and a formula of their scores. */
export function multi(spec: GraderSpec, graders: Readonly<Record<string, Grader>>, formula: Formula): Grader {
  const inner = Object.entries(graders);
  return {
    spec,
    title: `multi of ${inner.map(([name]) => name).join(", ")}`,
    range: { least: -Infinity, most: Infinity },
    judges: [...new Set(inner.flatMap(([, { judges }]) => judges))],
    async grade(sample, item, ask) {
      const grades = await Promise.all(
        inner.map(async ([name, grader]) => [name, await graded(grader, sample, item, ask)] as const),
      );
      const parts = Object.fromEntries(grades.map(([name, { score }]) => [name, score]));
      const problem = grades.find(([, grade]) => grade.problem)?.[1].problem;
      return { ...scored(formula.of(parts)), parts, ...(problem ? { problem } : {}) };
    },
  };
}

/** What the service makes of a formula without a result is not documented; here it is 0 [guess]. */
function scored(value: number): Grade {
  return Number.isFinite(value) ? { score: value } : { score: 0, problem: "no number" };
}
