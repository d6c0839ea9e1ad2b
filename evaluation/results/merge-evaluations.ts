import type { Grader } from "../../graders/grader";
import type { Evaluation } from "../result";
import { compare } from "../statistics/compare";
import { judge, type Rule } from "../statistics/rule";

/**
 * One evaluation of several that asked one model each, in the same cases with the same grader.
 *
 * @param first - of the candidate
 */
export function mergeEvaluations(
  [first, ...others]: readonly [Evaluation, ...Evaluation[]],
  grader: Pick<Grader, "range">,
  rule: Rule,
): Evaluation {
  const width = grader.range.most - grader.range.least;
  const scoresOf = ({ cases }: Evaluation) => cases.map(({ answers }) => answers[0]!.score);
  const comparisons = others.map((other) =>
    compare(other.summary.models[0]!.name, scoresOf(first), scoresOf(other), width),
  );
  const { summary } = first;
  const all = [first, ...others];
  const spent = all.map(({ summary: { spentUsd } }) => spentUsd);
  return {
    summary: {
      ...summary,
      models: all.flatMap(({ summary: { models } }) => models),
      comparisons,
      verdict: judge(rule, summary.models[0]!.score, comparisons),
      warnings: [...new Set(all.flatMap(({ summary: { warnings } }) => warnings))],
      ...(spent.includes(undefined) ? {} : { spentUsd: spent.reduce<number>((sum, one) => sum + one!, 0) }),
    },
    cases: first.cases.map((one, row) => ({ ...one, answers: all.map(({ cases }) => cases[row]!.answers[0]!) })),
  };
}
