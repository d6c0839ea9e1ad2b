import { createHash } from "node:crypto";
import type { CaseFile } from "../../evaluation/cases/case";
import { readCases } from "../../evaluation/cases/read-cases";
import { DEFAULT_GRADER, readGrader } from "../../evaluation/graders/read-grader";
import { DEFAULT_MAX_TOKENS } from "../../evaluation/running/question";
import { requirePossible, settingOf } from "../../evaluation/statistics/rule";
import { canonicalJson } from "../fine-tuning-job/canonical-json";
import type { RemoteStore } from "../../datasets/sources";
import type { Grader } from "../../graders/grader";
import type { EvaluationArgs, EvaluationFacts } from "./schema";

/** Cases and grader, ready to be used. */
export interface Test extends EvaluationFacts {
  cases: CaseFile;
  grader: Grader;
}

/** What decides a test, and what must hold of it. */
export type TestArgs = Pick<
  EvaluationArgs,
  "cases" | "trainingFile" | "baseModel" | "grader" | "judges" | "against" | "rule" | "maxTokens"
>;

/**
 * Reads cases and grader, and holds them and the rule to what an evaluation needs.
 *
 * @throws EvaluationRefusal with everything that is wrong: names, values and lines, and what to do
 */
export async function readTest(args: TestArgs, remote: RemoteStore): Promise<Test> {
  const { grader, paths } = readGrader(args.grader ?? DEFAULT_GRADER, "evaluation.grader");
  requirePossible(args.rule, grader.range, args.against.length, settingOf);
  const { trainingFile, baseModel: model } = args;
  const cases = await readCases({ path: args.cases, trainingFile, model, paths, remote });
  const casesSha256 = sha256(cases.cases.map(({ hash, item }) => [hash, item]));
  const { maxTokens = DEFAULT_MAX_TOKENS, judges = {} } = args;
  const named = grader.judges.map((judge) => [judge, judges[judge] ?? judge]);
  const test = sha256([casesSha256, grader.spec, named, maxTokens]);
  return { cases, grader, casesSha256, caseCount: cases.cases.length, graderTitle: grader.title, test };
}

/** SHA-256 hex of a value, whatever the order of its properties. */
export function sha256(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
