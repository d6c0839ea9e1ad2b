import { lateBoundResource } from "../runtime/late-bound-resource";
import type { EvaluationSetArgs, EvaluationSetState } from "./schema";

/**
 * Cases and grader of an evaluation, checked before a job is paid. It has no remote side.
 *
 * @example
 * ```ts
 * const set = new EvaluationSet("tutor-evaluation-set", {
 *   ...{ accountId, location, job: "tutor-job", baseModel: "gpt-4o-mini-2024-07-18", trainingType: "Standard" },
 *   ...{ cases: "data/evaluation_set.jsonl", against: ["serving"], rule: { minGain: 0 } },
 *   deployment: { name: "tutor", sku: "Standard" },
 * });
 * export const cases = set.caseCount;
 * ```
 */
export class EvaluationSet extends lateBoundResource<EvaluationSetArgs, EvaluationSetState>()({
  type: "EvaluationSet",
  handler: "dynamic-providers/evaluation-set/handler.ts",
  known: ["casesSha256", "caseCount", "graderTitle", "test"],
}) {}
