import { graded } from "azure-openai-graders/graded";
import { graderOf } from "azure-openai-graders/grader-of";
import { type Grade, type GraderSpec, sampleOf } from "azure-openai-graders/grader";
import { hasPath } from "azure-openai-graders/path";
import { problemsHere } from "azure-openai-graders/problems";
import { readDemands } from "azure-openai-graders/read-demands";
import { judgeOf, type JudgeTokens } from "./judge";
import { formulaProblem } from "./read-grader";

/** Errors of a grading, under the service's names. */
export type GraderError =
  | "formula_parse_error"
  | "sample_parse_error"
  | "invalid_variable_error"
  | "other_error"
  | "python_grader_server_error"
  | "model_grader_parse_error";

export interface Grading {
  /** 0 where there is an error. */
  reward: number;
  /** Scores of the graders inside a multi grader. */
  parts: Record<string, number>;
  errors: GraderError[];
  /** Of a grader that does not run here: why. */
  reason?: string;
  tokens: JudgeTokens;
}

/** Why a grader of a correct form is not run by this service; undefined: it is. */
export function notRun(spec: GraderSpec): string | undefined {
  return formulaProblem(spec) === undefined ? problemsHere(spec, "grader", "Its reward is 0 here.")[0] : undefined;
}

/** Grades one answer, by the same code as an evaluation of the stack. */
export async function runGrader(
  spec: GraderSpec,
  answer: string,
  item: Readonly<Record<string, unknown>>,
): Promise<Grading> {
  const tokens: JudgeTokens = {};
  if (formulaProblem(spec) !== undefined) return { reward: 0, parts: {}, errors: ["formula_parse_error"], tokens };
  const reason = notRun(spec);
  if (reason !== undefined) {
    const error = spec.type === "python" ? "python_grader_server_error" : "other_error";
    return { reward: 0, parts: {}, errors: [error], reason, tokens };
  }
  const sample = sampleOf(answer);
  const grade = await graded(graderOf(spec), sample, item, judgeOf(spec, sample, item, tokens));
  return { reward: grade.score, parts: grade.parts ?? {}, errors: errorsOf(grade, spec, item), tokens };
}

/** Which of the service's errors goes with which problem: guess. */
function errorsOf({ problem }: Grade, spec: GraderSpec, item: object): GraderError[] {
  switch (problem) {
    case undefined:
      return [];
    case "no verdict":
      return ["model_grader_parse_error"];
    case "no number":
      return ["other_error"];
    case "no such value":
      return readDemands(spec).paths.every((path) => hasPath(item, path))
        ? ["sample_parse_error"]
        : ["invalid_variable_error"];
  }
}
