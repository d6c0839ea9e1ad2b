import { count } from "../format/count";
/**
 * What keeps an evaluation from running or ending, and what to do about it: files, graders, settings. It holds names, values and lines, never
 * text of a case or of an answer.
 */
export class EvaluationRefusal extends Error {
  override readonly name = "EvaluationRefusal";
}

/** Problems that are shown one by one; the others are counted. */
const SHOWN = 10;

/** One refusal of several problems, a line each. */
export function refuseAll(headline: string, problems: readonly string[]): never {
  const more = problems.length > SHOWN ? [`and ${count(problems.length - SHOWN)} more`] : [];
  throw new EvaluationRefusal(
    [headline, ...[...problems.slice(0, SHOWN), ...more].map((line) => `  ${line}`)].join("\n"),
  );
}
