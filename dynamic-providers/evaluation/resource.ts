import { lateBoundResource } from "../runtime/late-bound-resource";
import type { EvaluationArgs, EvaluationState } from "./schema";

/**
 * Asks a trained model cases on a temporary deployment, grades the answers and compares it with other models. That it does worse is a result,
 * and no error.
 *
 * @example
 * ```ts
 * const evaluation = new Evaluation("tutor-evaluation", {
 *   ...{ accountId, location, project, stack, job: "tutor-job", baseModel: "gpt-4o-mini-2024-07-18" },
 *   ...{ trainingKey: job.trainingKey, candidate: trained.fineTunedModel, cases: "data/evaluation_set.jsonl" },
 *   ...{ against: ["serving"], rule: { minGain: 0 }, deployment: { name: "tutor", sku: "Standard" }, waitMinutes: 30 },
 * });
 * export const passed = evaluation.passed;
 * ```
 */
export class Evaluation extends lateBoundResource<EvaluationArgs, EvaluationState>()({
  type: "Evaluation",
  handler: "dynamic-providers/evaluation/handler.ts",
  known: ["casesSha256", "caseCount", "graderTitle", "test"],
  answered: ["passed", "reasons", "summary", "key", "evaluatedAt", "model", "results", "comparisons"],
}) {}
