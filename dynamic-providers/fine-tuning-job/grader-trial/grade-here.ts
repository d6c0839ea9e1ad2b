import { graderModels } from "../../../catalog";
import { graded } from "../../../graders/graded";
import { type GradeProblem, sampleOf } from "../../../graders/grader";
import { graderOf } from "../../../graders/grader-of";
import { hasPath } from "../../../graders/path";
import { problemsHere } from "../../../graders/problems";
import { readDemands } from "../../../graders/read-demands";
import type { SampleAnswer } from "./sample-answers";
import type { SampleRow } from "./sample-rows";
import type { TrialGrade } from "./trial-verdict";

type GraderSpec = Readonly<Record<string, unknown>>;

/** Why this machine can't grade by it, a sentence without its end; undefined: it can. */
export function whyNotHere(grader: GraderSpec): string | undefined {
  const [judge] = graderModels(grader);
  if (judge !== undefined) return `the grader calls ${judge}, which only the service can do`;
  return problemsHere(grader, "grader", "")[0]?.replace(/\.\s*$/, "");
}

/** Grades as an evaluation does, with the errors under the names that the service has for them. */
export async function gradesHere(
  spec: GraderSpec,
  tries: readonly { row: SampleRow; answers: SampleAnswer[] }[],
): Promise<TrialGrade[]> {
  const grader = graderOf(spec);
  const { paths } = readDemands(spec);
  const nobody = () => Promise.resolve(undefined);
  const grades = tries.flatMap(({ row, answers }) =>
    answers.map(async ({ text, from }) => {
      const { score, problem } = await graded(grader, sampleOf(text), row.item, nobody);
      const complete = paths.every((path) => hasPath(row.item, path));
      return { line: row.line, from, reward: score, errors: problem ? [errorOf(problem, complete)] : [] };
    }),
  );
  return Promise.all(grades);
}

/** @param complete - whether the row has all that the grader reads of it */
function errorOf(problem: GradeProblem, complete: boolean): string {
  if (problem === "no such value") return complete ? "sample_parse_error" : "invalid_variable_error";
  return problem === "no number" ? "other_error" : "model_grader_parse_error";
}
