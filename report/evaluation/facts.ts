import type { FoundResults } from "../../evaluation/results/find-results";
import type { EvaluationFacts } from "../report-data";

/** Finds results of an evaluation. @param model - of the stack's job, where it has made one */
export type ResultsOf = (model: string | undefined) => Promise<FoundResults | undefined>;

/** What the report says of an evaluation outside its cases. */
export function evaluationFacts({ evaluation, writtenAt }: FoundResults): EvaluationFacts {
  return { evaluatedAt: new Date(writtenAt).toISOString(), summary: evaluation.summary };
}
