import type { EvaluationCase } from "./cases/case";
import type { Grader, GraderSpec } from "../graders/grader";
import { rougeTokens } from "../graders/metrics";
import type { ModelFigures } from "./result";
import { isObject } from "../datasets/rules/row-rules";

/** Fewer cases say little: the interval is then as wide as most differences between models. */
const FEW = 20;

/** What a reader of the figures should know, a sentence each. */
export function warningsOf(
  cases: readonly EvaluationCase[],
  grader: Grader,
  models: readonly ModelFigures[],
): string[] {
  const warnings: string[] = [];
  if (cases.length < FEW) {
    warnings.push(
      `${cases.length === 1 ? "1 case is" : `${cases.length} cases are`} not many. With fewer than ${FEW}, the confidence interval is too wide to say much.`,
    );
  }
  const unread = cases.filter(({ reference }) => reference !== undefined && rougeTokens(reference).length === 0).length;
  if (unread > 0 && usesRouge(grader.spec)) {
    warnings.push(
      `ROUGE reads only the letters a to z and digits, and the references of ${unread} of ${cases.length} cases have none, so these cases score 0 whatever the answer. Use fuzzy_match for other scripts.`,
    );
  }
  for (const { name, refused, unfinished, ungraded } of models) {
    const parts = [
      ...(refused > 0
        ? [`the service refused ${refused} of the questions (content filter or length); they get the lowest score`]
        : []),
      ...(unfinished > 0
        ? [`${unfinished} answers are incomplete: they reached --max-tokens, or the content filter stopped them`]
        : []),
      ...(ungraded > 0
        ? [`${ungraded} answers could not be graded (no JSON, or no verdict); they get the lowest score`]
        : []),
    ];
    if (parts.length > 0) warnings.push(`${name}: ${parts.join("; ")}.`);
  }
  return warnings;
}

function usesRouge(spec: GraderSpec): boolean {
  const inner = isObject(spec.graders) ? Object.values(spec.graders).filter(isObject) : [];
  return String(spec.evaluation_metric).startsWith("rouge_") || inner.some(usesRouge);
}
